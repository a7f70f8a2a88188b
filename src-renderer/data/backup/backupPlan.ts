import { aboutOf, isIdOf, typeOfId, type NoteId } from "../../domain/ids";
import type { Content } from "../../domain/record";
import type { RosterRow } from "../../domain/rosterRow";
import { rowOf } from "../../domain/rowOf";
import type { BackupFate, BackupPart, BackupPreview, BackupRow } from "../../ports/backup";
import { readableOf } from "../readable";
import type { Roster } from "../roster";
import { isInBin, type StoredRecord } from "../storedRecord";

/** What is to become of one record of a backup. */
export interface Planned {
  readonly backup: StoredRecord;
  readonly fate: BackupFate;
  readonly away?: BackupRow["away"];
  /** Of one that is here as well: whether the one here descends from that of the backup. */
  readonly isOlder: boolean;
  /** What both descend from, as far as it is known. */
  readonly base: Content | undefined;
}

/** Rows of one fate that are shown; the others are counted. */
const SHOWN = 200;
/** In this order on screen. */
const types = ["meeting", "contact", "organisation", "term", "area", "note", "author"];

/** The plan as it is shown before anything is done. */
export function previewOf(
  plan: ReadonlyMap<string, Planned>,
  roster: Roster,
  others: Pick<BackupPreview, "same" | "notUnderstood">,
): BackupPreview {
  const byFate = new Map<BackupFate, string[]>();
  for (const [id, { fate }] of plan) {
    const ids = byFate.get(fate) ?? [];
    if (ids.length === 0) byFate.set(fate, ids);
    ids.push(id);
  }
  const part = (fate: BackupFate): BackupPart => partOf(byFate.get(fate) ?? [], plan, roster);
  return { ...others, parts: { back: part("back"), joined: part("joined"), away: part("away"), stays: part("stays") } };
}

function partOf(ids: readonly string[], plan: ReadonlyMap<string, Planned>, roster: Roster): BackupPart {
  const byType: Record<string, number> = {};
  for (const id of ids) byType[typeOfId(id)] = (byType[typeOfId(id)] ?? 0) + 1;
  const place = (id: string): number => (types.indexOf(typeOfId(id)) + types.length + 1) % (types.length + 1);
  const shown = [...ids].sort((a, b) => place(a) - place(b)).slice(0, SHOWN);
  return { total: ids.length, byType, rows: shown.map((id) => rowOfPlanned(id, plan, roster)) };
}

function rowOfPlanned(id: string, plan: ReadonlyMap<string, Planned>, roster: Roster): BackupRow {
  const note = isIdOf("note", id);
  const shown = note ? aboutOf(id satisfies NoteId) : id;
  const away = plan.get(id)?.away;
  const row = roster.row(shown) ?? rowOfBackup(plan.get(shown)?.backup, roster);
  return { id, row, note, ...(away ? { away } : {}) };
}

/** The row of a record that is not here. */
function rowOfBackup(record: StoredRecord | undefined, roster: Roster): RosterRow | null {
  if (!record) return null;
  const base = roster.baseOf(record.id);
  const readable = readableOf(record.content, base);
  if (!readable) return null;
  const state = { bin: isInBin(record), newer: readable.newer, shipped: base !== undefined };
  const row = rowOf(readable.record, state);
  return row ? { ...row, waiting: false } : null;
}
