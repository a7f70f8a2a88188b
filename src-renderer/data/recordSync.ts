import { noteIdOf, type RecordId } from "../domain/ids";
import type { RecordSync } from "../ports/recordSync";
import type { RecordHistory } from "./history/recordHistory";
import { createKnownRecords, type KnownParts, type KnownRecord } from "./knownRecords";

export interface RecordSyncParts extends KnownParts {
  readonly recordHistory: RecordHistory;
}

/** Where a record is: only here, on the server, or on its way; with `since`, since when. */
export async function recordSync(
  parts: RecordSyncParts,
  id: RecordId,
  since: boolean,
  signal?: AbortSignal,
): Promise<RecordSync | null> {
  const ids: readonly string[] = [id, noteIdOf(id)];
  const [record, note] = await createKnownRecords(parts).load(ids);
  if (!record || !note) return null;
  const refused = parts.state.quarantine.list().find((each) => each.direction === "push" && ids.includes(each.id));
  const kind = refused ? "set-aside" : kindOf(record, note);
  if (kind === "shipped" && parts.roster.row(id) === null) return null;
  const isThere = kind === "on-server" || kind === "changed";
  return {
    kind,
    reason: refused?.reason ?? null,
    since: since && isThere ? await parts.recordHistory.exchangedAt(id, signal) : null,
  };
}

function kindOf(record: KnownRecord, note: KnownRecord): RecordSync["kind"] {
  const { stored } = record;
  const noteWaits = note.stored.kind === "record" && note.stored.dirty && !note.stored.private;
  if (stored.kind !== "record") return stored.kind === "none" && !noteWaits ? "shipped" : "only-here";
  if (stored.private) return "private";
  if (stored.gone) return "gone";
  if (stored.rev === undefined) return "only-here";
  return stored.dirty || noteWaits ? "changed" : "on-server";
}
