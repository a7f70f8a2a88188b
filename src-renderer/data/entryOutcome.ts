import { idOfContent } from "../domain/parseRecord";
import type { Content } from "../domain/record";
import { MAX_ORDER, newestFirst } from "../domain/recordKind";
import type { Erasure } from "./erasures";
import { keptText } from "./keptContent";
import type { LedgerEntry, PutRecord, SyncedRow } from "./ledgerEntries";
import { isPrivate, type RecordState, type StoredRecord } from "./storedRecord";

/** What an entry makes of the records it is about. Pure: the same live and when the ledger is replayed. */
export type Outcomes = readonly (readonly [id: string, after: RecordState | Erased])[];

/** Nothing is left but, where the server has to be told, the revision that is to be deleted there. */
export interface Erased {
  readonly erasure: Erasure | undefined;
}

/** What is there under an id before the entry. */
export interface Known {
  readonly record: (id: string) => StoredRecord | undefined;
  readonly erasure: (id: string) => Erasure | undefined;
}

export function outcomesOf(entry: LedgerEntry, known: Known): Outcomes {
  switch (entry.kind) {
    case "put":
      return [put(entry, known)];
    case "puts":
      return entry.records.map((record) => put(record, known));
    case "erased":
      return entry.ids.flatMap((id) => {
        const before = known.record(id);
        return before ? [[id, erased(before, newestFirst(entry.at))] as const] : [];
      });
    case "pulled":
      return entry.outcomes.flatMap((outcome) => {
        const after = pulled(outcome, known.record(outcome.id), known.erasure(outcome.id));
        return after ? [[outcome.id, after] as const] : [];
      });
    case "synced":
      return entry.rows.map((row) => [row.id, synced(row, known.record(row.id), known.erasure(row.id))] as const);
    case "kept":
      return [
        ...entry.records.map(({ content, ...state }): Outcomes[number] => [
          idOfContent(content),
          { content, ...state, base: state.base },
        ]),
        ...(entry.erasures ?? []).map((erasure): Outcomes[number] => [erasure.id, { erasure }]),
      ];
    case "noteUpdate":
    case "server":
    case "forgotten":
    case "setAside":
    case "released":
    case "identity":
    case "notebook":
      return [];
  }
}

function put({ content, gone }: PutRecord, known: Known): Outcomes[number] {
  const id = idOfContent(content);
  const before = known.record(id);
  return [id, gone ? editedUnderTombstone(content, before) : edited(content, before, known.erasure(id))];
}

/** The server never had it, or has already lost it: nothing need be said. Otherwise its revision must be deleted there. */
function erased({ id, rev, gone }: StoredRecord, order: number): Erased {
  return { erasure: gone || rev === "" ? undefined : { id, rev, order } };
}

function synced(row: SyncedRow, before: StoredRecord | undefined, erasure: Erasure | undefined): RecordState | Erased {
  const { id, rev, base } = row;
  // Erased while it was on its way: what has arrived there is to be deleted.
  if (!before) return { erasure: row.erased ? undefined : { order: MAX_ORDER, ...erasure, id, rev } };
  const { content, gone } = before;
  // Made again while its deletion was on its way: it begins anew there too.
  if (row.erased) return { content, gone, rev: "", dirty: true, base: undefined };
  return { content, gone, rev, dirty: base !== undefined, base };
}

/**
 * The first change after an exchange keeps what was exchanged as the base to merge from. A record made again where one
 * was erased takes the place of that one on the server.
 */
export function edited(content: Content, before: StoredRecord | undefined, erasure?: Erasure): RecordState {
  if (!before) return { content, gone: false, rev: erasure?.rev ?? "", dirty: true, base: undefined };
  if (before.gone) return { content, gone: false, rev: "", dirty: true, base: undefined };
  // What turned up under a private record was never looked at: no longer private it meets that as a conflict.
  if (before.base === undefined && isPrivate(before.content) && !isPrivate(content)) {
    return { content, gone: false, rev: "", dirty: true, base: undefined };
  }
  if (before.dirty) return { content, gone: false, rev: before.rev, dirty: true, base: before.base };
  return { content, gone: false, rev: before.rev, dirty: true, base: before.rev === "" ? undefined : before.content };
}

/** The server was re-created: every record is offered again, save those that another client had removed. */
export function forgotten(before: StoredRecord): RecordState {
  const { content, gone, dirty } = before;
  return { content, gone, rev: "", dirty: dirty || !gone, base: undefined };
}

/**
 * Never sent, but changed here: should a colleague bring the record back, the edit is merged with theirs. Without a
 * revision, since the server has nothing of it that would have to be withdrawn. To what is private nothing is merged.
 */
function editedUnderTombstone(content: Content, before: StoredRecord | undefined): RecordState {
  if (isPrivate(content)) return { content, gone: true, rev: before?.rev ?? "", dirty: false, base: undefined };
  return { content, gone: true, rev: "", dirty: true, base: before?.dirty ? before.base : before?.content };
}

function pulled(
  outcome: Extract<LedgerEntry, { kind: "pulled" }>["outcomes"][number],
  before: StoredRecord | undefined,
  erasure: Erasure | undefined,
): RecordState | Erased | undefined {
  const { rev } = outcome;
  switch (outcome.kind) {
    case "erase":
      if (before) return withdrawn(before, rev);
      return erasure && { erasure: { ...erasure, rev } };
    case "gone":
      if (!before) return erasure && { erasure: undefined };
      // Removed once more: what was edited under the mark is still to be merged should it come back.
      if (before.gone && before.dirty) return before;
      return { content: before.content, gone: true, rev, dirty: false, base: undefined };
    case "take":
      return { content: unchanged(outcome.content, before), gone: false, rev, dirty: false, base: undefined };
    case "merged":
      return { content: unchanged(outcome.content, before), gone: false, rev, dirty: true, base: outcome.base };
  }
}

/** The server has something under the id of what is private here: as it stands here it stays, there it is to go. */
function withdrawn({ content, gone, base }: StoredRecord, rev: string): RecordState | undefined {
  return isPrivate(content) ? { content, gone, rev, dirty: true, base } : undefined;
}

/** The very content that is stored if the new one says the same, so that its row is not written again. */
function unchanged(content: Content, before: StoredRecord | undefined): Content {
  if (!before || before.content === content) return content;
  return keptText(before.content) === keptText(content) ? before.content : content;
}
