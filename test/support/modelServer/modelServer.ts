import { present } from "./present";
import type { Gzip } from "./attachments";
import { seededRandom } from "../seededRandom";
import type { Interleave } from "./changes";
import { defaultSecurity, type Database, type Security, type Validation } from "./database";
import { deleteDatabase, newDatabase } from "./databaseRoutes";
import type { ModelRequest, ModelResponse } from "./exchange";
import { replicate } from "./replicate";
import type { Scheduler } from "./scheduler";
import { answerRequest, unreachable } from "./serverRoutes";
import { defaultSettings, randomId, type ServerSettings, type ServerState } from "./serverState";
import { Users } from "./users";

export interface ModelServerOptions {
  readonly scheduler: Scheduler;
  /** Numbers in [0, 1). Equal randoms and equal requests give equal answers. */
  readonly random?: () => number;
  readonly interleave?: Interleave;
  readonly wakesEarly?: () => 0 | 1 | undefined;
  /** Left out, digests of text attachments are not CouchDB's. */
  readonly gzip?: Gzip;
  /** Names with their passwords; `admin` becomes a server administrator. */
  readonly users?: Readonly<Record<string, string>>;
  readonly settings?: Partial<ServerSettings>;
  /** The database that is there from the beginning, with its members. */
  readonly database?: { readonly name: string; readonly members: readonly string[] };
}

/** A copy of a database's files as they were. */
export interface Snapshot {
  readonly database: Database;
}

export interface ModelServer {
  handle(request: ModelRequest): Promise<ModelResponse>;
  /** The same without waiting. Throws `BrokenOff` while the server is down. */
  answer(request: ModelRequest): ModelResponse;
  readonly settings: ServerSettings;
  /** A database as it is, to look at in tests. */
  database(name: string): Database;
  has(name: string): boolean;
  setUser(name: string, password: string, roles?: readonly string[]): void;
  createDatabase(name: string, members: readonly string[]): void;
  deleteDatabase(name: string): void;
  /** Deletes it and makes an empty one with the same members: same name, other files. */
  recreateDatabase(name: string): void;
  setSecurity(name: string, security: Security): void;
  setValidations(name: string, validations: readonly Validation[]): void;
  compact(name: string): void;
  /** Copies the files of a database. */
  snapshot(name: string): Snapshot;
  /** Puts an older copy in the place of a database; the server is stopped meanwhile, so feeds break off. */
  restore(snapshot: Snapshot): void;
  /** Breaks off every open feed and refuses connections until `start`. */
  stop(): void;
  start(): void;
  /** Replicates a database's leaves with their histories to another server, as CouchDB's replicator does. */
  replicateTo(target: ModelServer, name: string): void;
  /** Feeds that are open: none must be left when all clients are gone. */
  readonly openFeeds: number;
}

export function createModelServer(options: ModelServerOptions): ModelServer {
  const random = options.random ?? seededRandom(1);
  const settings: ServerSettings = { ...defaultSettings, ...options.settings };
  const feeds = new Set<() => void>();
  const state: ServerState = {
    scheduler: options.scheduler,
    random,
    interleave: options.interleave ?? ((ready) => present(ready[Math.floor(random() * ready.length)])),
    wakesEarly: options.wakesEarly ?? (() => ([0, 1, undefined, undefined] as const)[Math.floor(random() * 4)]),
    gzip: options.gzip ?? ((bytes) => bytes),
    databases: new Map(),
    users: new Users(options.scheduler, random, settings),
    settings,
    uuid: randomId(random),
    feedOpened: (breakOff) => {
      feeds.add(breakOff);
      return () => feeds.delete(breakOff);
    },
  };
  for (const [name, password] of Object.entries(options.users ?? {})) {
    state.users.set(name, password, name === "admin" ? ["_admin"] : []);
  }
  state.databases.set("_users", newDatabase(state, "_users"));
  let isUp = true;

  const find = (name: string): Database => {
    const database = state.databases.get(name);
    if (database === undefined) throw new Error(`the model has no database ${name}`);
    return database;
  };
  const create = (name: string, security: Security): void => {
    const database = newDatabase(state, name);
    state.databases.set(name, database);
    database.setSecurity(security);
  };
  const stop = (): void => {
    isUp = false;
    for (const breakOff of [...feeds]) breakOff();
  };
  const start = (): void => {
    isUp = true;
    state.users.restart();
  };

  const server: ModelServer = {
    handle: async (request) => server.answer(request),
    answer: (request) => {
      if (!isUp) throw unreachable();
      return answerRequest(state, request);
    },
    settings,
    database: find,
    has: (name) => state.databases.has(name),
    setUser: (name, password, roles) => state.users.set(name, password, roles),
    createDatabase: (name, members) => create(name, { ...defaultSecurity, members: { names: members, roles: [] } }),
    deleteDatabase: (name) => deleteDatabase(state, find(name)),
    recreateDatabase: (name) => {
      const { security } = find(name);
      deleteDatabase(state, find(name));
      create(name, security);
    },
    setSecurity: (name, security) => find(name).setSecurity(security),
    setValidations: (name, validations) => {
      find(name).validations = validations;
    },
    compact: (name) => find(name).compact(),
    snapshot: (name) => ({ database: find(name).copy() }),
    restore: ({ database }) => {
      stop();
      state.databases.set(database.name, database.copy());
      start();
    },
    stop,
    start,
    replicateTo: (target, name) => replicate(find(name), target.database(name)),
    get openFeeds() {
      return feeds.size;
    },
  };
  if (options.database !== undefined) server.createDatabase(options.database.name, options.database.members);
  return server;
}
