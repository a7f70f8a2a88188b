import * as Y from "yjs";
import { bytesOfBase64 } from "./base64";
import { NOTE_TEXT } from "./noteText";

/** States of notes: Yjs updates in base64. */

/** Whether two states (base64) hold the same insertions and deletions, whatever their bytes. */
export function equalNoteStates(a: string, b: string): boolean {
  if (a === b) return true;
  const [docA, docB] = [documentOf(a), documentOf(b)];
  try {
    return Y.equalSnapshots(Y.snapshot(docA), Y.snapshot(docB));
  } finally {
    docA.destroy();
    docB.destroy();
  }
}

/** Whether everything that was inserted and deleted in `part` (base64) is in `whole` as well. */
export function holdsNoteState(whole: string, part: string): boolean {
  if (whole === part) return true;
  const doc = documentOf(whole);
  try {
    const before = Y.snapshot(doc);
    Y.applyUpdate(doc, bytesOfBase64(part));
    return Y.equalSnapshots(before, Y.snapshot(doc));
  } finally {
    doc.destroy();
  }
}

/** Whether a state can be read at all; one from elsewhere is not trusted to. */
export function isNoteState(state: string): boolean {
  try {
    documentOf(state).destroy();
    return true;
  } catch {
    return false;
  }
}

function documentOf(state: string): Y.Doc {
  // Named, since making up a name costs more than all the rest.
  const doc = new Y.Doc({ guid: "note" });
  Y.applyUpdate(doc, bytesOfBase64(state));
  // A root of another kind under the name of the text would make every later reading throw.
  doc.getText(NOTE_TEXT);
  return doc;
}
