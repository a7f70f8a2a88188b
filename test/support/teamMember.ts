import { expect } from "vitest";
import { gatewayContract } from "../../src-main/shared/gateway";
import type { Change, Edit } from "../../src-renderer/domain/edit";
import type { RecordId, RecordType } from "../../src-renderer/domain/ids";
import type { QuarantineEntry, SyncStatus } from "../../src-renderer/domain/syncStatus";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import type { SyncGateway } from "../../src-renderer/sync/exchange";
import type { Limits } from "../../src-renderer/sync/limits";
import { data, noteOf, type } from "./deviceRecords";
import { begunDevice, openDevice, type Device } from "./notebookDevice";
import { openGateway, type OpenGateway } from "./openGateway";
import { seededRandom } from "./seededRandom";
import { storedNotebook } from "./storedNotebook";
import { isSynced, quickLimits, until } from "./syncDevice";
import { WallClock } from "./wallClock";

export interface MemberOptions {
  readonly address: string;
  readonly user?: string;
  readonly password?: string;
  readonly seed?: number;
  readonly limits?: Partial<Limits>;
}

/** What a member's store has of a record that others may have. */
export interface Held {
  readonly id: string;
  readonly visibility?: string;
}

/** A computer of the team: the app's own store, engine and gateway, without windows. It can be killed at any step. */
export interface TeamMember {
  readonly address: string;
  readonly clock: WallClock;
  readonly gateway: OpenGateway;
  /** The notebook as it runs now; another one after a kill. */
  readonly device: Device;
  readonly engine: SyncEngine;
  set(id: RecordId, fields: Record<string, unknown>): Promise<void>;
  edit(edit: Edit): Promise<void>;
  read(id: RecordId): Promise<Record<string, unknown>>;
  type(about: RecordId, text: string): Promise<void>;
  note(about: RecordId): Promise<string>;
  aside(): readonly QuarantineEntry[];
  /** Signs in and exchanges until both sides have the same. */
  connect(): Promise<void>;
  /** Begins to exchange, whatever comes of it. */
  online(): void;
  offline(): Promise<void>;
  synced(within?: number): Promise<SyncStatus>;
  until(fits: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** The system says that the network is back or the computer woke up. */
  wake(): void;
  /** kill -9, and started again on what is left, to be killed once more after so many steps towards ledger and store. */
  kill(next?: number): Promise<void>;
  /** Records that others may have, by id; those that another client's tombstone hides are left out. */
  shared(): Promise<ReadonlyMap<string, Held>>;
  dispose(): Promise<void>;
}

interface StoredRow {
  readonly bin?: number;
  readonly content?: Held;
}

export async function startMember(options: MemberOptions): Promise<TeamMember> {
  const { address, user = "wei", password = "pw", seed = 1, limits } = options;
  const connection = { address, database: "notebook", user, password };
  const gateway = await openGateway();
  const handlers = gateway.gateway.handlers();
  const wakers = new Set<(payload: never) => void>();
  const client: SyncGateway = {
    request: async (name, args, requestOptions) => {
      const handle = handlers[name] as (args: unknown, context: { signal: AbortSignal }) => unknown;
      const signal = requestOptions?.signal ?? new AbortController().signal;
      return (await handle(gatewayContract.requests[name].args.parse(args), { signal })) as never;
    },
    on: (_event, listener) => {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };
  const random = seededRandom(seed);
  const clock = new WallClock();
  let isOnline = false;

  const engineOf = (device: Device): SyncEngine =>
    createSyncEngine({
      store: device.notebook.syncStore,
      gateway: client,
      clock: device.clock,
      // A tenth of the time between attempts.
      random: () => random() / 10,
      limits: { ...quickLimits, ...limits },
      version: "1.0.0",
    });
  let device = await begunDevice({ clock });
  let engine = engineOf(device);

  const member: TeamMember = {
    address,
    clock,
    gateway,
    get device() {
      return device;
    },
    get engine() {
      return engine;
    },
    set: (id, fields) => {
      const changes = Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
      const recordType = id.slice(0, id.indexOf(":")) as RecordType;
      return member.edit({ kind: "create", id, type: recordType, visibility: "project", changes });
    },
    edit: async (edit) => {
      expect(await device.notebook.edit(edit)).toMatchObject({ ok: true });
    },
    read: (id) => data(device, id),
    type: (about, text) => type(device, about, text),
    note: (about) => noteOf(device, about),
    aside: () => device.notebook.quarantine(),
    connect: async () => {
      expect(await gateway.connect(connection)).toMatchObject({ ok: true });
      member.online();
      await member.synced();
    },
    online: () => {
      isOnline = true;
      engine.start(notebookKey(connection));
    },
    offline: () => {
      isOnline = false;
      return engine.stop();
    },
    synced: (within) => until(engine, isSynced, within),
    until: (fits) => until(engine, fits),
    wake: () => {
      for (const wake of wakers) wake({ reason: "network" } as never);
    },
    kill: async (next) => {
      device.life.end();
      // What waits for the dead never ends; nobody waits for it.
      void engine.dispose();
      const { ledger, table } = device;
      device = await openDevice({ ledger, table, clock });
      engine = engineOf(device);
      if (next !== undefined) device.life.endWithin(next);
      if (isOnline) member.online();
    },
    shared: async () => {
      await device.notebook.flush();
      const rows = (await storedNotebook(device.table)) as Readonly<Record<string, StoredRow>>;
      return new Map(
        Object.values(rows).flatMap(({ content, bin }) =>
          content && typeof content === "object" && bin !== 2 && content.visibility !== "private"
            ? [[content.id, content] as const]
            : [],
        ),
      );
    },
    dispose: async () => {
      if (device.life.isOver) void engine.dispose();
      else {
        await engine.dispose();
        await device.notebook.close();
      }
      await gateway.dispose();
    },
  };
  return member;
}
