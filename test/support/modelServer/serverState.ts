import type { Gzip } from "./attachments";
import type { Interleave } from "./changes";
import type { Database } from "./database";
import type { Scheduler } from "./scheduler";
import type { Users } from "./users";

/** What the administrator of a server can set. Sizes in bytes, times in ms. */
export interface ServerSettings {
  maxDocumentSize: number;
  maxRequestSize: number;
  sessionTimeout: number;
  /** Wrong passwords of one account from one address until it is locked, and for how long. */
  lockoutThreshold: number;
  lockoutTime: number;
}

export const defaultSettings: ServerSettings = {
  maxDocumentSize: 8_000_000,
  maxRequestSize: 4_294_967_296,
  sessionTimeout: 600_000,
  lockoutThreshold: 5,
  lockoutTime: 300_000,
};

/** A server's memory and disks, and what it takes from outside: time and chance. */
export interface ServerState {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly interleave: Interleave;
  readonly wakesEarly: () => 0 | 1 | undefined;
  readonly gzip: Gzip;
  readonly databases: Map<string, Database>;
  readonly users: Users;
  readonly settings: ServerSettings;
  /** Of the server, not of a database. */
  readonly uuid: string;
  feedOpened(breakOff: () => void): () => void;
}

/** 32 random hex digits. */
export function randomId(random: () => number): string {
  let id = "";
  for (let word = 0; word < 4; word++)
    id += Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, "0");
  return id;
}
