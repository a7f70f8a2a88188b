import type { RecordId } from "../domain/ids";
import { NoteSession, type NoteNotebook } from "./noteSession";

/**
 * The notes that are open in this window. A note has one session, however many editors show it and however fast they
 * come and go; it outlives its last editor until every increment is on disk, and an editor that comes back meanwhile
 * finds the text that is not saved yet.
 */
interface OpenNote {
  readonly session: NoteSession;
  holders: number;
}

const openNotes = new Map<NoteNotebook, Map<RecordId, OpenNote>>();
const closings = new WeakMap<NoteNotebook, Map<RecordId, Promise<void>>>();

function entryOf<Value>(
  map: {
    get(key: NoteNotebook): Map<RecordId, Value> | undefined;
    set(key: NoteNotebook, of: Map<RecordId, Value>): unknown;
  },
  notebook: NoteNotebook,
): Map<RecordId, Value> {
  const known = map.get(notebook) ?? new Map<RecordId, Value>();
  map.set(notebook, known);
  return known;
}

export interface HeldNote {
  readonly session: NoteSession;
  /** Gives the note back; the last one to do so closes it once all is saved. Further calls do nothing. */
  release(): void;
}

export function holdNote(notebook: NoteNotebook, about: RecordId): HeldNote {
  const notes = entryOf(openNotes, notebook);
  const note = notes.get(about) ?? {
    session: new NoteSession(notebook, about, entryOf(closings, notebook).get(about)),
    holders: 0,
  };
  notes.set(about, note);
  note.holders += 1;
  let isHeld = true;
  return {
    session: note.session,
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      note.holders -= 1;
      if (note.holders === 0) void closeWhenSaved(notebook, about, note);
    },
  };
}

async function closeWhenSaved(notebook: NoteNotebook, about: RecordId, note: OpenNote): Promise<void> {
  void note.session.flush();
  await note.session.allSaved();
  const notes = entryOf(openNotes, notebook);
  if (note.holders > 0 || notes.get(about) !== note) return;
  notes.delete(about);
  if (notes.size === 0) openNotes.delete(notebook);
  const underWay = entryOf(closings, notebook);
  const closing = note.session.close().finally(() => {
    if (underWay.get(about) === closing) underWay.delete(about);
  });
  underWay.set(about, closing);
}

/**
 * Sends what every open note still holds; asked before the window closes. Ends when all is on disk or when an attempt
 * has failed for each note that could not be saved.
 */
export async function flushOpenNotes(): Promise<void> {
  const sessions = [...openNotes.values()].flatMap((notes) => [...notes.values()].map((note) => note.session));
  await Promise.all(sessions.map((session) => session.flush()));
}

/** Whether any note, open or left behind, holds text that is not on disk. */
export function hasUnsavedNotes(): boolean {
  return [...openNotes.values()].some((notes) =>
    [...notes.values()].some((note) => note.session.saveState.kind !== "saved"),
  );
}
