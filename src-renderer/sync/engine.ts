import type { Client } from "../../src-main/shared/rpc";
import type { ConnectionInfo, GatewayContract } from "../../src-main/shared/gateway";
import type { SyncStore } from "../data/syncStore";
import type { SyncStatus } from "../domain/syncStatus";

/** The gateway as the engine needs it: the rpc client of its port fits. */
export type SyncGateway = Pick<Client<GatewayContract>, "request" | "on">;

/** Time, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds. Returns the way out. */
  schedule(ms: number, task: () => void): () => void;
}

export interface SyncEngineParts {
  readonly store: SyncStore;
  readonly gateway: SyncGateway;
  readonly clock?: Clock;
  /** Uniform in [0, 1); spreads the attempts of many computers. */
  readonly random?: () => number;
  /** A new unique id, for a server that has none yet. */
  readonly newId?: () => string;
  /** For people who look for a fault: never contents, never credentials. */
  readonly log?: (event: string, detail?: unknown) => void;
}

export interface SyncEngine {
  /** Starts (or goes on with another notebook). `notebook` is `notebookKey(connection)`. */
  start(notebook: string): void;
  /** Ends all requests and timers; resolves when nothing of the engine runs any more. May be started again. */
  stop(): Promise<void>;
  /** An attempt now instead of at the next occasion. */
  syncNow(): void;
  status(): SyncStatus;
  /** Told of every change of the status. Returns the way out. */
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** Stops for good and lets go of store and gateway. */
  dispose(): Promise<void>;
}

/** Names the server state of a connection in the store: another address or database starts from nothing. */
export function notebookKey(connection: ConnectionInfo): string {
  return `${connection.address.replace(/\/+$/, "")}/${connection.database}`;
}

export function createSyncEngine(parts: SyncEngineParts): SyncEngine {
  throw new Error(`not composed yet: ${Object.keys(parts).join()}`);
}
