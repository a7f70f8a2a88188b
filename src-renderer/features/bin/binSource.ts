import type { Client } from "../../../src-main/shared/rpc";
import type { RecordId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import type { PageSource } from "../../platform/pageWindow";
import type { NotebookContract } from "../../ports/notebook";

/** Most rows that one request answers (ports/notebook.ts). */
const MOST = 200;

/** Deleted records of all types, last deleted first; with a filter, best match first. */
export function binSource(filter: string): PageSource<RosterRow> {
  return {
    key: `bin ${filter}`,
    family: "bin",
    filter,
    // Any record may come here or leave.
    concerns: () => true,
    idOf: (row) => row.id,
    ask: (client, window, signal) => client.request("bin", { filter, ...window }, { signal }),
  };
}

/** Ids of all that the bin holds, in its order, also of what is not on screen. */
export async function idsInBin(client: Client<NotebookContract>, filter: string): Promise<readonly RecordId[]> {
  const ids = new Set<RecordId>();
  for (let offset = 0; ; offset += MOST) {
    const { total, rows } = await client.request("bin", { filter, offset, limit: MOST });
    for (const { id } of rows) ids.add(id);
    if (rows.length === 0 || offset + rows.length >= total) return [...ids];
  }
}
