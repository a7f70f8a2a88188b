import * as Y from "yjs";
import { base64Of, bytesOfBase64 } from "./base64";
import { NOTE_TEXT } from "./noteText";
import { repairsOf } from "./repairMarkdown";

/** A note's text and the Yjs state it comes from (an update, base64). */
export interface NoteState {
  readonly state: string;
  readonly markdown: string;
}

/**
 * Joins two versions of a note: every character that either side inserted and nobody deleted is there. Markup that both
 * sides wrote at once is repaired by deletions only, which are part of the state and so converge with those of another
 * device. The same two versions give the same bytes, whichever comes first.
 */
export function mergeNotes(mine: NoteState, theirs: NoteState): NoteState {
  const doc = new Y.Doc();
  try {
    for (const state of [mine.state, theirs.state].sort()) Y.applyUpdate(doc, bytesOfBase64(state));
    const text = doc.getText(NOTE_TEXT);
    const repairs = repairsOf(text.toJSON(), [mine.markdown, theirs.markdown]);
    doc.transact(() => {
      for (const { from, length } of repairs.toReversed()) text.delete(from, length);
    });
    return { state: base64Of(Y.encodeStateAsUpdate(doc)), markdown: text.toJSON() };
  } finally {
    doc.destroy();
  }
}
