import * as Y from "yjs";
import { NOTE_TEXT } from "../../domain/noteText";
import { diffText } from "../../domain/textDiff";

/** Marks what a restoration does, so that only that is undone. */
const OWN = Symbol("restoration");

/**
 * Gives a note an earlier text again, and takes that back: only what differs is deleted and inserted, so that what others
 * write meanwhile merges and stays. Works on a copy of the note that remembers what was deleted; every answer is an update
 * for the note itself.
 */
export class NoteRestoration {
  private readonly doc = new Y.Doc({ gc: false });
  private readonly text = this.doc.getText(NOTE_TEXT);
  private readonly past = new Y.UndoManager(this.text, { trackedOrigins: new Set([OWN]), captureTimeout: 0 });

  /** `state`: the note as it is now. */
  constructor(state: Uint8Array) {
    Y.applyUpdate(this.doc, state);
  }

  /** Null if the note has that text already. */
  to(wanted: string): Uint8Array | null {
    const before = Y.encodeStateVector(this.doc);
    const now = this.text.toJSON();
    if (now === wanted) return null;
    this.doc.transact(() => {
      let at = 0;
      for (const { kind, text } of diffText(now, wanted)) {
        if (kind === "removed") this.text.delete(at, text.length);
        else {
          if (kind === "added") this.text.insert(at, text);
          at += text.length;
        }
      }
    }, OWN);
    return Y.encodeStateAsUpdate(this.doc, before);
  }

  /** What takes the restoration back in the note as it is now, or does it again; null where nothing is left of it. */
  step(direction: "undo" | "redo", state: Uint8Array): Uint8Array | null {
    Y.applyUpdate(this.doc, state);
    const done = direction === "undo" ? this.past.undo() : this.past.redo();
    return done ? Y.encodeStateAsUpdate(this.doc, Y.encodeStateVectorFromUpdate(state)) : null;
  }

  dispose(): void {
    this.doc.destroy();
  }
}
