import Dexie from "dexie";
import { Stages } from "./stages";

/** The pages that we ask for on a good line: the newest first, then from the start, growing. */
const NEWEST = 100;
const FIRST = 100;
const LARGEST = 500;

interface Page {
  readonly results: readonly { readonly id: string; readonly doc: { readonly _rev: string; readonly type: string } }[];
  readonly last_seq: string | number;
}

/**
 * What nobody can leave out: downloads the pages, parses them and puts every document as JSON text into a table with the
 * columns and indexes of the store's, one transaction a page, as safely stored as ours. Neither checked, nor kept in a
 * ledger, nor sealed.
 */
export async function runFloor(address: string, onStored: (count: number) => void): Promise<Stages> {
  const stages = new Stages();
  const database = new Dexie("floor", { chromeTransactionDurability: "strict" });
  database.version(1).stores({ docs: "id,[_deleted+type+bin+order+id],[_meta.lwt+id],[_meta.lwt]" });
  await database.open();
  const table = database.table("docs");
  let order = 0;
  let stored = 0;

  async function take(query: string): Promise<Page> {
    const page = await stages.during("network", async () => {
      const answer = await fetch(`${address}/_changes?include_docs=true&${query}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return JSON.parse(await answer.text()) as Page;
    });
    const rows = page.results.map(({ id, doc }) => ({
      id,
      type: doc.type,
      v: 1,
      bin: 0,
      order: (order += 1),
      rev: doc._rev,
      sealed: JSON.stringify(doc),
      _deleted: "0",
      _attachments: {},
      _meta: { lwt: 1 + order / 100 },
      _rev: "1-bench",
    }));
    const known = new Set(
      (await table
        .where("id")
        .anyOf(rows.map(({ id }) => id))
        .primaryKeys()) as string[],
    );
    const fresh = rows.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) await stages.during("store", () => table.bulkAdd(fresh));
    stored += fresh.length;
    onStored(stored);
    return page;
  }

  await take(`descending=true&limit=${NEWEST}`);
  let since: string | number = 0;
  for (let size = FIRST; ; size = Math.min(LARGEST, size * 2)) {
    const page = await take(`since=${encodeURIComponent(since)}&limit=${size}`);
    if (page.results.length === 0) break;
    since = page.last_seq;
  }
  database.close();
  return stages;
}
