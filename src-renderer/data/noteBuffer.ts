import * as Y from "yjs";
import { base64Of, bytesOfBase64 } from "../domain/base64";
import type { Stamp, Visibility } from "../domain/envelope";
import type { NoteId } from "../domain/ids";
import { MAX_NOTE_TEXT } from "../domain/limits";
import { NOTE_TEXT } from "../domain/noteText";
import type { RecordOf } from "../domain/record";
import { recordKinds } from "../domain/recordKinds";

/** An increment that the ledger has. */
export interface NoteIncrement {
  readonly update: Uint8Array;
  readonly at: string;
  readonly by: Stamp;
  readonly visibility: Visibility;
}

/** Increments of this size together are folded without waiting for a rest, in bytes. */
export const FOLD_BYTES = 64 * 1024;

/** A note in memory: its record's state and what was typed since the record was last written. */
export class NoteBuffer {
  private readonly doc = new Y.Doc();
  private readonly text = this.doc.getText(NOTE_TEXT);
  private pending:
    | { readonly first: NoteIncrement; readonly last: NoteIncrement; readonly from: number; readonly bytes: number }
    | undefined;
  /** How many editors have it open. */
  opened = 0;

  /** The visibility of the record, or the one it will get: that of what the note is about. */
  visibility: Visibility;

  constructor(
    readonly note: NoteId,
    stored: RecordOf<"note"> | undefined,
    visibilityIfNew: Visibility,
  ) {
    this.visibility = stored?.visibility ?? visibilityIfNew;
    if (stored) this.receive(stored);
  }

  /** All there is, as an update. */
  state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }

  /** Where the oldest increment that is not folded begins in the ledger; undefined if all are. */
  get pendingFrom(): number | undefined {
    return this.pending?.from;
  }

  get wantsFold(): boolean {
    return this.pending !== undefined && this.pending.bytes >= FOLD_BYTES;
  }

  /** Why an update cannot be taken; undefined if it can. Nothing is changed. */
  refusalOf(update: Uint8Array): "unreadable" | "too-large" | undefined {
    try {
      Y.decodeUpdate(update);
    } catch {
      return "unreadable";
    }
    // A character is at least one byte, so only an update near the limit needs the exact answer.
    if (this.text.length + update.byteLength <= MAX_NOTE_TEXT) return undefined;
    const trial = new Y.Doc();
    Y.applyUpdate(trial, this.state());
    Y.applyUpdate(trial, update);
    const length = trial.getText(NOTE_TEXT).length;
    trial.destroy();
    return length > MAX_NOTE_TEXT && length > this.text.length ? "too-large" : undefined;
  }

  /** Adds an increment; `from` is the ledger's position before it. One that is known already changes nothing. */
  add(increment: NoteIncrement, from: number): void {
    // An increment that builds on one not known yet is kept inside the document until that one comes.
    const brought = this.apply(increment.update) !== undefined;
    const isHeld = this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
    if (!brought && !isHeld) return;
    const { pending } = this;
    this.pending = {
      first: pending?.first ?? increment,
      last: increment,
      from: pending?.from ?? from,
      bytes: (pending?.bytes ?? 0) + increment.update.byteLength,
    };
  }

  /** Takes in what a stored or merged record holds; what was new, as an update. */
  receive(record: RecordOf<"note">): Uint8Array | undefined {
    return this.apply(bytesOfBase64(record.data.state));
  }

  /** The record with everything typed in it; undefined if nothing was. A note in the bin comes out of it. */
  fold(record: RecordOf<"note"> | undefined): RecordOf<"note"> | undefined {
    if (!this.pending) return undefined;
    const { first } = this.pending;
    const { at, by } = this.pending.last;
    const data = { ...record?.data, markdown: this.text.toJSON(), state: base64Of(this.state()) };
    if (!record) {
      const { v } = recordKinds.note;
      return {
        id: this.note,
        type: "note",
        v,
        // Of the first increment: a replay folds later than was folded when they were typed.
        createdAt: first.at,
        createdBy: first.by,
        updatedAt: at,
        updatedBy: by,
        visibility: first.visibility,
        data,
      };
    }
    const { deletedAt: _, ...alive } = record;
    return { ...alive, updatedAt: at, updatedBy: by, data };
  }

  /** The folded record is on its way to the store. */
  folded(): void {
    this.pending = undefined;
  }

  dispose(): void {
    this.doc.destroy();
  }

  /** The update if it brought something new. */
  private apply(update: Uint8Array): Uint8Array | undefined {
    let brought: Uint8Array | undefined;
    const listen = (change: Uint8Array): void => {
      brought = change;
    };
    this.doc.on("update", listen);
    Y.applyUpdate(this.doc, update);
    this.doc.off("update", listen);
    return brought;
  }
}
