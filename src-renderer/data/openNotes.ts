import type { Visibility } from "../domain/envelope";
import { noteIdOf, type NoteId, type RecordId } from "../domain/ids";
import type { RecordOf } from "../domain/record";
import type { Clock } from "./clock";
import { NoteBuffer, type NoteIncrement } from "./noteBuffer";

/** Rest after which what was typed is folded into the stored record. */
const FOLD_REST = 2_000;
/** The sync hears of a note at its first change and then at most this often while typing goes on. */
const TELL_INTERVAL = 10_000;

export interface OpenNotesParts {
  readonly clock: Clock;
  /** Asked after a rest, or at once when a lot was typed. */
  readonly onWantsFold: (note: NoteId) => void;
  readonly onWaiting: () => void;
  readonly onChanged: (note: NoteId, update: Uint8Array) => void;
}

interface Held {
  readonly buffer: NoteBuffer;
  cancelFold?: () => void;
  cancelTell?: () => void;
  toldAt: number;
}

/** The notes in memory: those that an editor has open, and those with increments that are not folded yet. */
export class OpenNotes {
  private readonly notes = new Map<NoteId, Held>();
  private readonly parts: OpenNotesParts;

  constructor(parts: OpenNotesParts) {
    this.parts = parts;
  }

  get(note: string): NoteBuffer | undefined {
    return this.notes.get(note as NoteId)?.buffer;
  }

  /** The buffer of a note, made from its stored record if it is not in memory. */
  hold(note: NoteId, stored: RecordOf<"note"> | undefined, visibilityIfNew: Visibility): NoteBuffer {
    const held = this.notes.get(note);
    if (held) return held.buffer;
    const buffer = new NoteBuffer(note, stored, visibilityIfNew);
    this.notes.set(note, { buffer, toldAt: Number.NEGATIVE_INFINITY });
    return buffer;
  }

  /** Whether a held note is one that never leaves this computer. */
  isPrivate(note: NoteId): boolean {
    return this.notes.get(note)?.buffer.visibility === "private";
  }

  /** Keeps an increment that the ledger has. */
  add(note: NoteId, increment: NoteIncrement, from: number): void {
    const held = this.notes.get(note);
    if (!held) throw new Error("an increment of a note that is not held");
    held.buffer.add(increment, from);
    if (held.buffer.pendingFrom === undefined) return;
    held.cancelFold?.();
    held.cancelFold = this.parts.clock.schedule(held.buffer.wantsFold ? 0 : FOLD_REST, () => {
      this.parts.onWantsFold(note);
    });
    if (increment.visibility !== "private") this.tellWaiting(held);
  }

  /** What a note is about has become private, or is no longer: so is what will be typed in it. */
  share(about: string, visibility: Visibility): void {
    const held = this.notes.size === 0 ? undefined : this.notes.get(noteIdOf(about as RecordId));
    if (held) held.buffer.visibility = visibility;
  }

  /** What a merge brought goes to the editors of the note. */
  receive(record: RecordOf<"note">): void {
    const held = this.notes.get(record.id);
    const brought = held?.buffer.receive(record);
    if (held && brought && held.buffer.opened > 0) this.parts.onChanged(record.id, brought);
  }

  /** An increment that none of its editors made. */
  tell(note: NoteId, update: Uint8Array): void {
    const held = this.notes.get(note);
    if (held && held.buffer.opened > 0) this.parts.onChanged(note, update);
  }

  /** The increments of a note are on their way to the store. */
  folded(note: NoteId): void {
    const held = this.notes.get(note);
    if (!held) return;
    held.buffer.folded();
    held.cancelFold?.();
    this.release(note);
  }

  /** Lets go of a note that nobody has open and that has nothing left to fold. */
  release(note: NoteId): void {
    const held = this.notes.get(note);
    if (!held || held.buffer.opened > 0 || held.buffer.pendingFrom !== undefined) return;
    held.cancelFold?.();
    held.cancelTell?.();
    held.buffer.dispose();
    this.notes.delete(note);
  }

  /** The note was erased: what an editor still has open is not kept. */
  drop(note: string): void {
    const held = this.notes.get(note as NoteId);
    if (!held) return;
    held.cancelFold?.();
    held.cancelTell?.();
    held.buffer.dispose();
    this.notes.delete(held.buffer.note);
  }

  /** Notes with increments that are not folded. */
  unfolded(): readonly NoteId[] {
    return [...this.notes].filter(([, { buffer }]) => buffer.pendingFrom !== undefined).map(([note]) => note);
  }

  /** Where the oldest increment that is not folded begins in the ledger. */
  unfoldedFrom(): number | undefined {
    let from: number | undefined;
    for (const { buffer } of this.notes.values()) {
      if (buffer.pendingFrom !== undefined) from = Math.min(from ?? buffer.pendingFrom, buffer.pendingFrom);
    }
    return from;
  }

  dispose(): void {
    for (const held of this.notes.values()) {
      held.cancelFold?.();
      held.cancelTell?.();
      held.buffer.dispose();
    }
    this.notes.clear();
  }

  private tellWaiting(held: Held): void {
    if (held.cancelTell) return;
    const { clock } = this.parts;
    held.cancelTell = clock.schedule(Math.max(0, held.toldAt + TELL_INTERVAL - clock.now()), () => {
      delete held.cancelTell;
      held.toldAt = clock.now();
      this.parts.onWaiting();
    });
  }
}
