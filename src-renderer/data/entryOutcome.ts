import { idOfContent } from "../domain/parseRecord";
import type { Content } from "../domain/record";
import { keptText } from "./keptContent";
import type { LedgerEntry, PutRecord } from "./ledgerEntries";
import type { RecordState, StoredRecord } from "./storedRecord";

/** What an entry makes of the records it is about. Pure: the same live and when the ledger is replayed. */
export type Outcomes = readonly (readonly [id: string, after: RecordState])[];

type Found = (id: string) => StoredRecord | undefined;

export function outcomesOf(entry: LedgerEntry, found: Found): Outcomes {
  switch (entry.kind) {
    case "put":
      return [put(entry, found)];
    case "puts":
      return entry.records.map((record) => put(record, found));
    case "pulled":
      return entry.outcomes.flatMap((outcome) => {
        const before = found(outcome.id);
        const after = pulled(outcome, before);
        return after ? [[outcome.id, after] as const] : [];
      });
    case "synced":
      return entry.rows.flatMap(({ id, rev, base }) => {
        const before = found(id);
        if (!before) return [];
        const { content, gone } = before;
        return [[id, { content, gone, rev, dirty: base !== undefined, base }] as const];
      });
    case "noteUpdate":
    case "server":
    case "forgotten":
    case "setAside":
    case "released":
    case "identity":
      return [];
  }
}

function put({ content, gone }: PutRecord, found: Found): Outcomes[number] {
  const id = idOfContent(content);
  return [id, gone ? editedUnderTombstone(content, found(id)) : edited(content, found(id))];
}

/** The first change after an exchange keeps what was exchanged as the base to merge from. */
export function edited(content: Content, before: StoredRecord | undefined): RecordState {
  if (!before || before.gone) return { content, gone: false, rev: "", dirty: true, base: undefined };
  if (before.dirty) return { content, gone: false, rev: before.rev, dirty: true, base: before.base };
  return { content, gone: false, rev: before.rev, dirty: true, base: before.rev === "" ? undefined : before.content };
}

/** The server was re-created: every record is offered again, save those that another client had removed. */
export function forgotten(before: StoredRecord): RecordState {
  const { content, gone } = before;
  return { content, gone, rev: "", dirty: !gone, base: undefined };
}

function editedUnderTombstone(content: Content, before: StoredRecord | undefined): RecordState {
  return { content, gone: true, rev: before?.rev ?? "", dirty: false, base: undefined };
}

function pulled(
  outcome: Extract<LedgerEntry, { kind: "pulled" }>["outcomes"][number],
  before: StoredRecord | undefined,
): RecordState | undefined {
  const { rev } = outcome;
  switch (outcome.kind) {
    case "gone":
      return before && { content: before.content, gone: true, rev, dirty: false, base: undefined };
    case "take":
      return { content: unchanged(outcome.content, before), gone: false, rev, dirty: false, base: undefined };
    case "merged":
      return { content: unchanged(outcome.content, before), gone: false, rev, dirty: true, base: outcome.base };
  }
}

/** The very content that is stored if the new one says the same, so that its row is not written again. */
function unchanged(content: Content, before: StoredRecord | undefined): Content {
  if (!before || before.content === content) return content;
  return keptText(before.content) === keptText(content) ? before.content : content;
}
