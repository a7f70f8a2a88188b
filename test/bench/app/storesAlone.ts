import { systemClock } from "../../../src-renderer/data/clock";
import { createDexieStorage, removeDexieDatabases, rowsByKey } from "../../../src-renderer/data/dexieStorage";
import { openRecordsCollection, type RowTable } from "../../../src-renderer/data/recordsCollection";
import { RecordStore } from "../../../src-renderer/data/recordStore";
import type { Row } from "../../../src-renderer/data/row";
import type { Sealer } from "../../../src-renderer/data/sealer";
import { writeOf } from "../../../src-renderer/data/storedRecord";
import { idOfContent } from "../../../src-renderer/domain/parseRecord";
import type { Content } from "../../../src-renderer/domain/record";
import type { StoreTimes, Timed } from "./benchContract";
import { watchBlocks } from "./blocks";

/** Stores and tables beside the notebook's, under names of their own: what is compared with it. */

const BATCH = 500;
const PAGES = 40;
const PAGE = 50;
/** As many rows as a rebuild writes in one transaction. */
const CHUNK = 1000;

let made = 0;

async function inTable<Value>(work: (open: () => Promise<RowTable>) => Promise<Value>): Promise<Value> {
  made += 1;
  const name = `bench-${made}`;
  let table: RowTable | undefined;
  try {
    return await work(async () => {
      await table?.close();
      table = await openRecordsCollection(createDexieStorage(), name, rowsByKey);
      return table;
    });
  } finally {
    await table?.close();
    await removeDexieDatabases(name);
  }
}

/** Writes records, opens the table again so that nothing is in memory, and reads pages and everything. */
export function storeAlone(contents: readonly Content[], sealer: Sealer): Promise<StoreTimes> {
  return inTable(async (open) => {
    const opened = async (): Promise<RecordStore> =>
      new RecordStore({
        table: await open(),
        sealer,
        clock: systemClock,
        onTrouble: (detail) => {
          if (detail !== null) throw new Error(detail);
        },
      });
    const written = await opened();
    const blocks = watchBlocks();
    const began = performance.now();
    for (let from = 0; from < contents.length; from += BATCH) {
      await written.room();
      const writes = contents.slice(from, from + BATCH).map((content, index) => {
        const rev = `1-${(from + index).toString(16).padStart(32, "0")}`;
        return writeOf(undefined, idOfContent(content), { content, gone: false, rev, dirty: false, base: undefined });
      });
      const applied = { ledger: "bench", position: from, notesFrom: from };
      written.enqueue({ writes, states: new Map(), applied });
    }
    if (!(await written.settled())) throw new Error("not stored");
    const write = performance.now() - began;
    const paged = await opened();
    const ids = contents.map(idOfContent);
    const pages: number[] = [];
    for (let page = 0; page < PAGES; page++) {
      const from = Math.floor((ids.length - PAGE) * ((page * 0.618_034) % 1));
      const asked = performance.now();
      const found = await paged.load(ids.slice(from, from + PAGE));
      pages.push(performance.now() - asked);
      if (found.size !== PAGE) throw new Error("not all of a page was found");
    }
    const read = await opened();
    const readFrom = performance.now();
    let count = 0;
    for await (const records of read.scan()) count += records.length;
    const whole = performance.now() - readFrom;
    if (count !== contents.length) throw new Error(`${count} of ${contents.length} records were read`);
    return { write, read: whole, pages, longestBlock: blocks.longest() };
  });
}

/** The rows of a table into another one, as they are. */
export async function insertRows(from: RowTable): Promise<Timed> {
  const rows: Row[] = [];
  for (let after = ""; ;) {
    const part = await from.all(CHUNK, after);
    const last = part.at(-1);
    if (!last) break;
    after = last.id;
    // State rows are of no record; the snapshot of the roster is among them and takes its own time.
    rows.push(...part.filter(({ id }) => !id.startsWith("state:")));
  }
  return inTable(async (open) => {
    const table = await open();
    const blocks = watchBlocks();
    const began = performance.now();
    for (let at = 0; at < rows.length; at += CHUNK) {
      await table.write(rows.slice(at, at + CHUNK).map((row) => ({ kind: "put", fresh: true, row })));
    }
    return { ms: performance.now() - began, longestBlock: blocks.longest() };
  });
}
