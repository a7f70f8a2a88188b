import Dexie from "dexie";
import { z } from "zod";
import { ledgerContract, type LedgerContract } from "../../../src-main/shared/ledger";
import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { connect, serve, type Client } from "../../../src-main/shared/rpc";
import { systemClock } from "../../../src-renderer/data/clock";
import { aesSealer, importStoreKey } from "../../../src-renderer/data/aesSealer";
import { createDexieStorage, removeDexieDatabases, rowsByKey } from "../../../src-renderer/data/dexieStorage";
import type { Notebook } from "../../../src-renderer/data/notebook";
import { openNotebook } from "../../../src-renderer/data/openNotebook";
import { openRecordsCollection, type RowTable } from "../../../src-renderer/data/recordsCollection";
import type { Sealer } from "../../../src-renderer/data/sealer";
import type { Arrival, Decision } from "../../../src-renderer/data/syncStore";
import { idOfContent } from "../../../src-renderer/domain/parseRecord";
import type { Content } from "../../../src-renderer/domain/record";
import { plainSealer } from "../../support/plainSealer";
import { wireOf, wireOfPort } from "../../../src-renderer/ports/wires";
import { benchContract, type Timed } from "./benchContract";
import { watchBlocks } from "./blocks";
import { measureFilter } from "./measureFilter";
import { mixedRecords, notesAndTerms, peopleAndPlaces } from "./records";
import { insertRows, storeAlone } from "./storesAlone";

/** The worker's parts as `workers/notebook/main.ts` puts them together, without a sync engine: pages are made here. */

z.config({ jitless: true });

const DATABASE = "qiao-notebook";
/** Longer than the store pauses between two transactions, and shorter than what the notebook waits for a rest, in ms. */
const QUIET = 100;
const SERVER = "http://127.0.0.1/bench";

const port = new Promise<MessagePort>((resolve) => {
  self.addEventListener("message", function receive(event: MessageEvent<unknown>) {
    const [ledgerPort] = event.ports;
    if (event.data !== PORTS_MESSAGE || !ledgerPort) return;
    self.removeEventListener("message", receive);
    resolve(ledgerPort);
  });
});
const ledger: Promise<Client<LedgerContract>> = port.then((given) => connect(wireOfPort(given), ledgerContract));
const sealer: Promise<Sealer> = ledger.then(async (client) =>
  aesSealer(await importStoreKey(await client.request("storeKey", {}))),
);
let notebook: Notebook | undefined;
let people: readonly Content[] = [];
/** Transactions of the store under way. */
let writing = 0;
/** The notebook's own. */
let rowTable: RowTable | undefined;

/** Until it is done and stored, without what the notebook does in its own time afterwards. */
async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const blocks = watchBlocks();
  const began = performance.now();
  await work();
  const done = performance.now();
  const ended = Math.max(done, await stored());
  return { ms: ended - began, longestBlock: blocks.longest() };
}

function opened(): Notebook {
  if (!notebook) throw new Error("not open");
  return notebook;
}

async function openWatchedTable(): Promise<RowTable> {
  const table = await openRecordsCollection(createDexieStorage(), DATABASE, rowsByKey);
  rowTable = table;
  return {
    get: (ids) => table.get(ids),
    write: async (writes) => {
      writing += 1;
      try {
        await table.write(writes);
      } finally {
        writing -= 1;
      }
    },
    ofType: (type) => table.ofType(type),
    all: (limit, after) => table.all(limit, after),
    close: () => table.close(),
  };
}

/** Resolves when nothing has been written for a moment; the moment when the last write ended. */
async function stored(): Promise<number> {
  for (let quietSince = performance.now(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (writing > 0) quietSince = performance.now();
    else if (performance.now() - quietSince > QUIET) return quietSince;
  }
}

async function open(onReadable?: (readable: Notebook) => void): Promise<void> {
  const answer = await openNotebook({
    openTable: openWatchedTable,
    removeTable: () => removeDexieDatabases(DATABASE),
    ledger: await ledger,
    sealer: await sealer,
    clock: systemClock,
    readShipped: async (file) => (await fetch(`/resources/${file}`)).text(),
    onChanged: () => undefined,
    onNoteChanged: () => undefined,
    onQuarantine: () => undefined,
    onHistory: () => undefined,
    onTrouble: (failure) => {
      if (failure) console.error(failure.kind);
    },
    ...(onReadable ? { onReadable } : {}),
    log: (event, detail) => {
      console.warn(event, detail);
    },
  });
  if (!answer.ok) throw new Error(answer.failure.kind);
  notebook = answer.value;
  const begun = await notebook.begin("Bench");
  if (!begun.ok) throw new Error(begun.failure.kind);
}

/** When the list of terms shows some, as the page asks for it. */
async function firstRows(readable: Notebook): Promise<number> {
  for (;;) {
    const { rows } = await readable.list({ type: "term", filter: "", offset: 0, limit: 50 });
    if (rows.length > 0) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function arrivalOf(content: Content, index: number): Arrival {
  return { kind: "document", id: idOfContent(content), rev: `1-${index.toString(16).padStart(32, "0")}`, content };
}

function take(arrival: Arrival): Decision {
  if (arrival.kind !== "document") throw new Error("only documents come");
  return { kind: "take", content: arrival.content, rev: arrival.rev };
}

async function pull(contents: readonly Content[], page: number): Promise<void> {
  const { syncStore } = opened();
  for (let from = 0; from < contents.length; from += page) {
    const arrivals = contents.slice(from, from + page).map((content, index) => arrivalOf(content, from + index));
    const written = await syncStore.writePulled(SERVER, { arrivals, checkpoint: String(from) }, take);
    if (!written.ok) throw new Error(written.failure.kind);
  }
}

/** Rows of the notebook's own database, and the indexes that it has. */
async function storedRows(): Promise<{ readonly rows: readonly object[]; readonly schema: string }> {
  const names = (await Dexie.getDatabaseNames()).filter((name) => name.includes(DATABASE) && name.includes("records"));
  const [name] = names;
  if (name === undefined || names.length > 1) throw new Error(`databases: ${names.join(", ")}`);
  const database = await new Dexie(name).open();
  try {
    const table = database.table("docs");
    const { primKey, indexes } = table.schema;
    return {
      rows: (await table.toArray()) as object[],
      schema: [primKey.src, ...indexes.map(({ src }) => src)].join(","),
    };
  } finally {
    database.close();
  }
}

async function insertRaw(rows: readonly object[], schema: string): Promise<void> {
  const database = new Dexie(`raw-${Date.now()}`, { chromeTransactionDurability: "strict" });
  database.version(1).stores({ docs: schema });
  try {
    await database.open();
    for (let from = 0; from < rows.length; from += 400) {
      await database.table("docs").bulkAdd(rows.slice(from, from + 400));
    }
  } finally {
    await database.delete();
  }
}

serve(wireOf(self), benchContract, {
  open: async () => {
    const took = await timed(() => open());
    return { ...took, replayed: opened().replayed };
  },
  openWatched: async () => {
    const began = performance.now();
    let listed: Promise<number> | undefined;
    const took = await timed(() =>
      open((readable) => {
        listed = firstRows(readable);
      }),
    );
    const at = await (listed ?? firstRows(opened()));
    return { ...took, replayed: opened().replayed, firstRows: at - began };
  },
  pull: async ({ count, page }) => {
    const contents = mixedRecords(count);
    return timed(() => pull(contents, page));
  },
  rawInsert: async () => {
    const { rows, schema } = await storedRows();
    return { ...(await timed(() => insertRaw(rows, schema))), rows: rows.length };
  },
  insertAlone: () => {
    const table = rowTable;
    if (!table) throw new Error("not open");
    return insertRows(table);
  },
  notesAndTerms: async ({ notes }) => {
    await pull(notesAndTerms(notes), 500);
    await opened().flush();
    return null;
  },
  keepLedger: async () => {
    await opened().keepLedger();
    return null;
  },
  storeAlone: async ({ count, isSealed }) => storeAlone(mixedRecords(count), isSealed ? await sealer : plainSealer),
  people: async ({ contacts, organisations }) => {
    people = peopleAndPlaces(contacts, organisations);
    await pull(people, 500);
    await opened().flush();
    return null;
  },
  filter: ({ rounds, peerRounds }) => measureFilter(opened(), people, rounds, peerRounds),
  append: async ({ count, bytes }) => {
    const client = await ledger;
    const entry = JSON.stringify({ f: 1, kind: "released", ids: ["x".repeat(bytes - 40)] });
    const samples: number[] = [];
    for (let done = 0; done < count; done++) {
      const began = performance.now();
      const appended = await client.request("append", { entries: [entry] });
      samples.push(performance.now() - began);
      if (!appended.ok) throw new Error(appended.failure.kind);
    }
    return samples;
  },
  edit: async ({ count }) => {
    const id = "contact:bench-edited" as const;
    const samples: number[] = [];
    for (let done = 0; done < count; done++) {
      const value = `Anna Weber ${done}`;
      const began = performance.now();
      const saved = await opened().edit(
        done === 0
          ? {
              kind: "create",
              id,
              type: "contact",
              visibility: "project",
              changes: [{ op: "set", field: "nameLatin", value }],
            }
          : { kind: "change", id, changes: [{ op: "set", field: "nameLatin", value }] },
      );
      samples.push(performance.now() - began);
      if (!saved.ok) throw new Error(saved.failure.kind);
    }
    return samples;
  },
  forget: () =>
    timed(async () => {
      const forgotten = await opened().syncStore.forgetServer(SERVER);
      if (!forgotten.ok) throw new Error(forgotten.failure.kind);
    }),
  offline: async ({ count }) => {
    for (let index = 0; index < count; index++) {
      const saved = await opened().edit({
        kind: "create",
        id: `contact:offline-${index}`,
        type: "contact",
        visibility: "project",
        changes: [{ op: "set", field: "nameLatin", value: `Anna Weber ${index}` }],
      });
      if (!saved.ok) throw new Error(saved.failure.kind);
    }
    await opened().flush();
    return null;
  },
  dropDatabase: async () => {
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
    return null;
  },
  close: async () => {
    await opened().close();
    notebook = undefined;
    return null;
  },
});
