import type { RowTable } from "../../src-renderer/data/recordsCollection";
import type { Row } from "../../src-renderer/data/row";

/** Everything a store says, however its rows lie: by record, and by state. Rows must be sealed by `plainSealer`. */
export async function storedNotebook(table: RowTable): Promise<Readonly<Record<string, unknown>>> {
  const rows = new Map<string, Row>();
  for (let after = ""; ;) {
    const part = await table.all(500, after);
    const last = part.at(-1);
    if (!last) break;
    for (const row of part) rows.set(row.id, row);
    after = last.id;
  }
  const stored: Record<string, unknown> = { ...emptyStates };
  for (const row of rows.values()) {
    const { id, type, v, bin, order, sealed } = row;
    if (id.startsWith("state:")) {
      if (id in emptyStates) stored[id] = JSON.parse(sealed);
    } else if (type === "sync-erased") stored[`${id} (erased)`] = { rev: row.rev, order };
    else if (!id.startsWith("sync:")) {
      const side = rows.get(`sync:${id}`);
      const sync = { state: side?.type === "sync-known" ? undefined : side?.type, base: content(side?.sealed) };
      stored[id] = { type, v, bin, order, content: content(sealed), rev: side?.rev ?? row.rev, ...sync };
    }
  }
  return Object.fromEntries(Object.entries(stored).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The order of the fields in a text says nothing. */
function content(text: string | undefined): unknown {
  return text === undefined || text === "" ? undefined : JSON.parse(text);
}

/** What is written at the first change is, until then, this. */
const emptyStates: Readonly<Record<string, unknown>> = {
  "state:identity": null,
  "state:servers": {},
  "state:exchanged": false,
  "state:quarantine": [],
  "state:arrivals": { entries: [], others: [] },
};
