import { openValues } from "../domain/kept";
import type { AnyRecord } from "../domain/record";
import type { ReviewPage, ReviewRecord } from "../ports/review";
import { shownRecord } from "./prepareEdit";
import type { RecordStore } from "./recordStore";
import type { Part, Roster } from "./roster";

export interface ReviewParts {
  readonly store: RecordStore;
  readonly roster: Roster;
}

/** Records with values that two computers changed apart and nobody has decided on; without an id of all records. */
export async function review(
  { store, roster }: ReviewParts,
  { id, offset, limit }: Part & { readonly id?: string | undefined },
): Promise<ReviewPage> {
  const ids = id === undefined ? undecided(roster) : [id];
  const found = await store.load(ids);
  const open = ids.flatMap((each): readonly Found[] => {
    const stored = found.get(each);
    const record = stored && shownRecord(stored, roster.baseOf(each));
    const row = roster.row(each);
    const values = record && row ? openValues(record) : [];
    return record && row && values.length > 0 ? [{ record, row, values }] : [];
  });
  open.sort((a, b) => compare(b.record, a.record));
  const records = open.slice(offset, offset + limit).map(({ row, values }) => ({ row, values }));
  return { total: open.length, records };
}

interface Found extends ReviewRecord {
  readonly record: AnyRecord;
}

function undecided(roster: Roster): readonly string[] {
  const ids: string[] = [];
  for (const { id, row } of roster.entries()) if (row && (row.review ?? 0) > 0) ids.push(id);
  return ids;
}

function compare(a: AnyRecord, b: AnyRecord): number {
  const [atA, atB] = [Date.parse(a.updatedAt), Date.parse(b.updatedAt)];
  return atA === atB ? (a.id < b.id ? -1 : 1) : atA - atB;
}
