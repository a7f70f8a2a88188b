import { z } from "zod";
import { gatewayContract } from "../../../src-main/shared/gateway";
import { ledgerContract } from "../../../src-main/shared/ledger";
import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { connect, serve } from "../../../src-main/shared/rpc";
import { aesSealer, importStoreKey } from "../../../src-renderer/data/aesSealer";
import { systemClock } from "../../../src-renderer/data/clock";
import { createDexieStorage, removeDexieDatabases, rowsByKey } from "../../../src-renderer/data/dexieStorage";
import type { Row } from "../../../src-renderer/data/row";
import type { Notebook } from "../../../src-renderer/data/notebook";
import { openNotebook } from "../../../src-renderer/data/openNotebook";
import { openRecordsCollection } from "../../../src-renderer/data/recordsCollection";
import type { SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { idOfContent } from "../../../src-renderer/domain/parseRecord";
import { wireOf, wireOfPort } from "../../../src-renderer/ports/wires";
import { createSyncEngine, type SyncEngine } from "../../../src-renderer/sync/engine";
import { watchBlocks } from "../app/blocks";
import { mixedRecords } from "../app/records";
import { Stages } from "./stages";
import { ourContract, type Moment } from "./syncContract";

/** Our worker's parts as `workers/notebook/main.ts` puts them together, with a look at what takes how long. */

z.config({ jitless: true });

const DATABASE = "qiao-notebook";
const PAGE = 500;
/** Longer than the store pauses between two transactions, in ms. */
const QUIET = 100;
const USABLE = 100;

const ports = new Promise<readonly [MessagePort, MessagePort]>((resolve) => {
  self.addEventListener("message", function receive(event: MessageEvent<unknown>) {
    const [ledger, gateway] = event.ports;
    if (event.data !== PORTS_MESSAGE || !ledger || !gateway) return;
    self.removeEventListener("message", receive);
    resolve([ledger, gateway]);
  });
});
const stages = new Stages();
let notebook: Notebook | undefined;
let engine: SyncEngine | undefined;
/** Rows of records written to the disk since the exchange began. */
let storedRecords = 0;
/** Told of every transaction of the store. */
const storing = new Set<() => void>();
/** Told of every change of records. */
const changes = new Set<(ids: readonly string[]) => void>();

function opened(): { readonly notebook: Notebook; readonly engine: SyncEngine } {
  if (!notebook || !engine) throw new Error("not open");
  return { notebook, engine };
}

async function open(): Promise<void> {
  const [ledgerPort, gatewayPort] = await ports;
  const ledger = connect(wireOfPort(ledgerPort), ledgerContract);
  const gateway = connect(wireOfPort(gatewayPort), gatewayContract);
  const sealer = aesSealer(await importStoreKey(await ledger.request("storeKey", {})));
  const answer = await openNotebook({
    openTable: async () => {
      const table = await openRecordsCollection(createDexieStorage(), DATABASE, rowsByKey);
      return {
        get: (ids) => table.get(ids),
        write: async (writes) => {
          await stages.during("store", () => table.write(writes));
          storedRecords += writes.filter((write) => write.kind === "put" && !isOwnRow(write.row)).length;
          for (const listener of storing) listener();
        },
        ofType: (type) => table.ofType(type),
        all: (limit, after) => table.all(limit, after),
        close: () => table.close(),
      };
    },
    removeTable: () => removeDexieDatabases(DATABASE),
    ledger: {
      request: (name, args, options) => stages.during("ledger", () => ledger.request(name, args, options)),
    },
    sealer: {
      seal: (text, binding) => stages.during("seal", () => sealer.seal(text, binding)),
      open: (sealed, binding) => sealer.open(sealed, binding),
    },
    clock: systemClock,
    readShipped: async (file) => (await fetch(`/resources/${file}`)).text(),
    onChanged: (records) => {
      for (const listener of changes) listener(records.map(({ id }) => id));
    },
    onNoteChanged: () => undefined,
    onQuarantine: () => undefined,
    onHistory: () => undefined,
    onTrouble: (failure) => {
      if (failure) console.error(failure.kind);
    },
    log: (event, detail) => {
      console.warn(event, detail);
    },
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  notebook = answer.value;
  const begun = await notebook.begin("Bench");
  if (!begun.ok) throw new Error(begun.failure.kind);
  engine = createSyncEngine({
    store: notebook.syncStore,
    gateway: {
      request: (name, args, options) =>
        // A long-poll waits for news, not for the line.
        isLongPoll(args)
          ? gateway.request(name, args, options)
          : stages.during("network", () => gateway.request(name, args, options)),
      on: (event, listener) => gateway.on(event, listener),
    },
    log: (event, detail) => {
      if (event !== "sync: server") console.warn(event, JSON.stringify(detail ?? ""));
    },
  });
}

function isLongPoll(args: object): boolean {
  return "query" in args && JSON.stringify(args.query).includes("longpoll");
}

/** A row of the store's own, of no record. */
function isOwnRow({ id }: Row): boolean {
  return id.startsWith("state:") || id.startsWith("sync:");
}

/** The moment when that many records are on the disk. */
function storedAtLeast(count: number): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (storedRecords < count) return;
      storing.delete(look);
      resolve(performance.now());
    };
    storing.add(look);
    look();
  });
}

/** Resolves when nothing has been written for a moment; the moment when the last write ended. */
async function stored(): Promise<number> {
  for (let quietSince = performance.now(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (stages.isUnderWay("store")) quietSince = performance.now();
    else if (performance.now() - quietSince > QUIET) return quietSince;
  }
}

function settled(sync: SyncEngine, isDone: (status: SyncStatus) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (status: SyncStatus): void => {
      if (!isDone(status)) return;
      stop();
      resolve();
    };
    const stop = sync.onStatus(look);
    look(sync.status());
  });
}

/** Counts what arrives; when a hundred records are here, and a list of each type has answered, it is of use. */
function watchArrivals(from: number): Arrivals {
  const ids = new Set<string>();
  let usable: number | null = null;
  let tell: (usable: number) => void = () => undefined;
  const whenUsable = new Promise<number>((resolve) => (tell = resolve));
  const listen = (changed: readonly string[]): void => {
    const before = ids.size;
    for (const id of changed) ids.add(id);
    if (before >= USABLE || ids.size < USABLE) return;
    const part = { filter: "", offset: 0, limit: 50 } as const;
    const { notebook: asked } = opened();
    void Promise.all([asked.list({ type: "contact", ...part }), asked.list({ type: "meeting", ...part })]).then(() => {
      usable = performance.now() - from;
      tell(usable);
    });
  };
  changes.add(listen);
  return { whenUsable, count: () => ids.size, usable: () => usable, stop: () => changes.delete(listen) };
}

interface Arrivals {
  readonly whenUsable: Promise<number>;
  readonly count: () => number;
  readonly usable: () => number | null;
  readonly stop: () => void;
}

function moment(): Moment {
  return performance.timeOrigin + performance.now();
}

function isShown(id: string, value: string): boolean {
  const [row] = opened().notebook.rows([id]);
  return row !== null && JSON.stringify(row).includes(value);
}

serve(wireOf(self), ourContract, {
  open: async () => {
    await open();
    return null;
  },
  stock: async ({ count }) => {
    const { syncStore } = opened().notebook;
    const contents = mixedRecords(count);
    // As if another server had given them and was forgotten: then they wait, and no server has them.
    for (let from = 0; from < count; from += PAGE) {
      const arrivals = contents.slice(from, from + PAGE).map((content, index) => ({
        kind: "document" as const,
        id: idOfContent(content),
        rev: `1-${(from + index).toString(16).padStart(32, "0")}`,
        content,
      }));
      const written = await syncStore.writePulled("stock", { arrivals, checkpoint: String(from) }, (arrival) => {
        if (arrival.kind !== "document") throw new Error("only documents come");
        return { kind: "take", content: arrival.content, rev: arrival.rev };
      });
      if (!written.ok) throw new Error(written.failure.kind);
    }
    const forgotten = await syncStore.forgetServer("stock");
    if (!forgotten.ok) throw new Error(forgotten.failure.kind);
    await stored();
    return null;
  },
  exchange: async ({ notebook: name, expected }) => {
    const { engine: sync, notebook: open } = opened();
    stages.reset();
    storedRecords = 0;
    const blocks = watchBlocks();
    const began = performance.now();
    const arrivals = watchArrivals(began);
    sync.start(name);
    const isDone = settled(sync, ({ kind, waiting }) => kind === "synced" && waiting === 0);
    const ended = expected > 0 ? await storedAtLeast(expected) : await isDone.then(stored);
    const longestBlock = blocks.longest();
    const times = stages.times();
    await isDone;
    arrivals.stop();
    if ((await open.syncStore.waiting(1)).length > 0) throw new Error("something waits still");
    if (arrivals.count() < expected) throw new Error(`${arrivals.count()} of ${expected} records are here`);
    return { ms: ended - began, usable: expected > 0 ? arrivals.usable() : null, longestBlock, stages: times };
  },
  firstPage: async ({ notebook: name }) => {
    const { engine: sync } = opened();
    const began = performance.now();
    const arrivals = watchArrivals(began);
    sync.start(name);
    const usable = await arrivals.whenUsable;
    arrivals.stop();
    await sync.stop();
    return usable;
  },
  edit: async ({ id, value }) => {
    const contact = id as `contact:${string}`;
    const isNew = (await opened().notebook.read(id)) === null;
    const began = moment();
    const change = { op: "set" as const, field: "nameLatin", value };
    const saved = await opened().notebook.edit(
      isNew
        ? { kind: "create", id: contact, type: "contact", visibility: "project", changes: [change] }
        : { kind: "change", id: contact, changes: [change] },
    );
    if (!saved.ok) throw new Error(saved.failure.kind);
    return began;
  },
  seen: ({ id, value }) =>
    new Promise((resolve) => {
      const look = (ids: readonly string[]): void => {
        if (!ids.includes(id) || !isShown(id, value)) return;
        changes.delete(look);
        resolve(moment());
      };
      changes.add(look);
      look([id]);
    }),
  close: async () => {
    await opened().engine.dispose();
    await opened().notebook.close();
    return null;
  },
});
