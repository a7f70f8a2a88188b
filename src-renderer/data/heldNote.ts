import { failure, success, type Result } from "../../src-main/shared/result";
import { aboutOf, type NoteId } from "../domain/ids";
import type { RecordOf } from "../domain/record";
import type { SaveFailure } from "../domain/saveFailure";
import type { NoteBuffer } from "./noteBuffer";
import { noteOf, type StoredRecord } from "./storedRecord";
import type { Turn, WriteDoor } from "./writeDoor";

export type ReadOnly = Extract<SaveFailure, { kind: "read-only"; id: string }>;

/** The note in memory, read from the store if it is not there yet. Give it back with `notes.release`. */
export async function holdNote(door: WriteDoor, note: NoteId, turn: Turn): Promise<Result<NoteBuffer, ReadOnly>> {
  const held = door.notes.get(note);
  if (held) return success(held);
  const about = aboutOf(note);
  const found = await turn.load([note, about]);
  const stored = found.get(note);
  if (stored && !noteOf(stored)) return failure({ kind: "read-only", id: note });
  return success(door.notes.hold(note, noteOf(stored), visibilityOf(found.get(about))));
}

/** A note is as private as what it is about. */
function visibilityOf(about: StoredRecord | undefined): RecordOf<"note">["visibility"] {
  return about === undefined || about.content.kind === "opaque" ? "project" : about.content.record.visibility;
}
