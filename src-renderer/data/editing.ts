import { failure, success, type Result } from "../../src-main/shared/result";
import type { EditContext } from "../domain/applyEdit";
import type { Edit } from "../domain/edit";
import type { Visibility } from "../domain/envelope";
import { aboutOf, isIdOf, noteIdOf, type NoteId, type RecordId } from "../domain/ids";
import { MAX_NOTE_TEXT } from "../domain/limits";
import type { AnyRecord } from "../domain/record";
import { takeBack } from "../domain/reversal";
import type { SaveFailure } from "../domain/saveFailure";
import { superiorOf } from "../domain/superior";
import type { HistoryOutcome, HistoryState } from "../ports/notebook";
import type { Clock } from "./clock";
import { EditHistory, type Direction, type Edited, type RestoredNote } from "./editHistory";
import { holdNote } from "./heldNote";
import { NoteRestoration } from "./history/noteRestoration";
import type { LedgerEntry } from "./ledgerEntries";
import type { NoteBuffer } from "./noteBuffer";
import type { NotebookState } from "./notebookState";
import { createPace } from "./pace";
import { prepareEdit, shownRecord, type Around, type Editable, type PreparedEdit } from "./prepareEdit";
import type { Roster } from "./roster";
import type { StoredRecord } from "./storedRecord";
import type { Saved, Turn, WriteDoor } from "./writeDoor";

export interface EditingParts {
  readonly door: WriteDoor;
  readonly state: NotebookState;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly onHistory: (state: HistoryState) => void;
}

/** Edits that may change who may have a record: the note about it follows in the same step. */
const sharing: ReadonlySet<Edit["kind"]> = new Set(["create", "share", "switch"]);

function loadedFor(id: string, withNote: boolean): readonly string[] {
  return withNote && !isIdOf("note", id) ? [id, noteIdOf(id as RecordId)] : [id];
}

/** Records of one ledger entry. */
const RECORDS_PER_ENTRY = 500;

/** What a person does to records, and takes back. */
export class Editing {
  private readonly past = new EditHistory();
  private told = JSON.stringify(this.past.state());
  private readonly parts: EditingParts;

  constructor(parts: EditingParts) {
    this.parts = parts;
  }

  /**
   * Applies all edits to whatever the records are by now, or none of them, as one step of the history. `alone`: a step of
   * its own, however soon it follows another.
   */
  async edit(edits: readonly Edit[], alone = false): Promise<Saved> {
    const { door, clock, roster } = this.parts;
    const saved = await door.save(async (turn) => {
      const context = this.context();
      if (!context) return failure({ kind: "read-only", id: edits[0]?.id ?? "" });
      const found = await turn.load([...new Set(edits.flatMap(({ id, kind }) => loadedFor(id, sharing.has(kind))))]);
      const work = new Work(found, context, roster);
      const pace = createPace();
      for (const edit of edits) {
        const done = work.apply(edit);
        if (!done.ok) return done;
        await pace();
      }
      const entries = work.entries();
      const committed = entries.length === 0 ? success(null) : await turn.commit(entries, found);
      if (committed.ok) this.past.add(work.edited(), alone ? undefined : clock.now());
      return committed;
    });
    this.tell();
    return saved;
  }

  /** Takes the last step back, or does again what was taken back; null if there is none. */
  async step(direction: Direction): Promise<Result<HistoryOutcome | null, SaveFailure>> {
    const { door, roster } = this.parts;
    let outcome: HistoryOutcome | null = null;
    const saved = await door.save(async (turn) => {
      const last = this.past.last(direction);
      const context = this.context();
      if (!last || !context) return success(null);
      if (last.note) {
        const taken = await this.takeBackNote(turn, direction, last.note, context);
        if (!taken.ok) return taken;
        outcome = { step: last.step, left: taken.value ? 0 : 1 };
        return success(null);
      }
      const found = await turn.load(
        last.reversals.flatMap(({ id, visibility }) => loadedFor(id, visibility !== undefined)),
      );
      const work = new Work(found, context, roster);
      const pace = createPace();
      let left = 0;
      for (const reversal of last.reversals) {
        const back = takeBack(reversal, work.shown(reversal.id));
        left += back.left;
        // What no longer fits (the record or its superior became another one) is left like any other change from elsewhere.
        if (!work.applyAll(reversal.id, back.edits)) left += 1;
        await pace();
      }
      const entries = work.entries();
      const committed = entries.length === 0 ? success(null) : await turn.commit(entries, found);
      if (!committed.ok) return committed;
      this.past.tookBack(direction, work.edited());
      outcome = { step: last.step, left };
      return success(null);
    });
    this.tell();
    return saved.ok ? success(outcome) : saved;
  }

  /** Gives a note an earlier text again, by the least change of the present one, as one step of the history. */
  async restoreNote(note: NoteId, text: string): Promise<Saved> {
    const { door } = this.parts;
    const saved = await door.save(async (turn) => {
      const context = this.context();
      if (!context) return failure({ kind: "read-only", id: note });
      const held = await holdNote(door, note, turn);
      if (!held.ok) return held;
      try {
        const restoration = new NoteRestoration(held.value.state());
        const update = restoration.to(text);
        if (update === null) return success(null);
        const written = await writeNote(turn, door, held.value, update, context);
        if (written.ok) this.past.addNote({ note, about: aboutOf(note), restoration });
        return written;
      } finally {
        door.notes.release(note);
      }
    });
    this.tell();
    return saved;
  }

  history(): HistoryState {
    return this.past.state();
  }

  /** A backup was joined: one step of the history. */
  joined(records: readonly Edited[]): void {
    this.past.addJoining(records);
    this.tell();
  }

  /** These records are gone for good. */
  forget(ids: readonly string[]): void {
    this.past.forget(new Set(ids));
    this.tell();
  }

  /** Answers whether anything was left of the step. A refusal leaves the step where it was. */
  private async takeBackNote(
    turn: Turn,
    direction: Direction,
    { note, restoration }: RestoredNote,
    context: EditContext,
  ): Promise<Result<boolean, SaveFailure>> {
    const { door } = this.parts;
    const held = await holdNote(door, note, turn);
    if (!held.ok) return held;
    try {
      const update = restoration.step(direction, held.value.state());
      if (update !== null) {
        const written = await writeNote(turn, door, held.value, update, context);
        if (!written.ok) {
          restoration.step(direction === "undo" ? "redo" : "undo", held.value.state());
          return written;
        }
      }
      this.past.tookBackNote(direction, update !== null);
      return success(update !== null);
    } finally {
      door.notes.release(note);
    }
  }

  /** Undefined before a person has given a name. */
  private context(): EditContext | undefined {
    const { identity } = this.parts.state;
    if (!identity) return undefined;
    const { author, device } = identity;
    return { now: new Date(this.parts.clock.now()).toISOString(), by: { author, device } };
  }

  private tell(): void {
    const state = this.past.state();
    const text = JSON.stringify(state);
    if (text === this.told) return;
    this.told = text;
    this.parts.onHistory(state);
  }
}

/** An increment that no editor made: the ledger has it first, then the editors of the note. */
async function writeNote(
  turn: Turn,
  door: WriteDoor,
  buffer: NoteBuffer,
  update: Uint8Array,
  { now, by }: EditContext,
): Promise<Saved> {
  const { note, visibility } = buffer;
  if (buffer.refusalOf(update) === "too-large") {
    return failure({ kind: "too-large", field: "markdown", limit: MAX_NOTE_TEXT });
  }
  const entry = { kind: "noteUpdate", note, update, at: now, by, visibility, restores: true } as const;
  const written = await turn.commit([entry], new Map());
  if (written.ok) door.notes.tell(note, update);
  return written;
}

/** Edits worked out one after another, each upon what the ones before it made. */
class Work {
  /** What is to be stored. */
  private readonly made = new Map<string, Editable>();
  private readonly first = new Map<string, Edited>();
  private readonly last = new Map<string, PreparedEdit>();

  constructor(
    private readonly found: ReadonlyMap<string, StoredRecord>,
    private readonly context: EditContext,
    private readonly roster: Roster,
  ) {}

  private readonly around: Around = {
    baseOf: (id) => this.roster.baseOf(id),
    superiorOf: (id) => {
      const made = this.last.get(id);
      return made ? superiorOf(made.after) : this.roster.superiorOf(id);
    },
  };

  shown(id: string): AnyRecord | undefined {
    const stored = this.made.get(id) ?? this.found.get(id);
    const base = this.roster.baseOf(id);
    return stored ? shownRecord(stored, base) : base;
  }

  apply(edit: Edit): Result<null, SaveFailure> {
    const { id } = edit;
    const prepared = prepareEdit(this.made.get(id) ?? this.found.get(id), edit, this.context, this.around);
    if (!prepared.ok) return prepared;
    if (prepared.value === null) return success(null);
    const { before, after, store } = prepared.value;
    if (!this.first.has(id)) this.first.set(id, { edit, before, after });
    this.last.set(id, prepared.value);
    this.made.set(id, store);
    if (before?.visibility !== after.visibility) this.shareNote(id, after.visibility);
    return success(null);
  }

  /** A note is as private as what it is about. It is no step of its own: taking that back takes this back. */
  private shareNote(about: string, visibility: Visibility): void {
    if (isIdOf("note", about)) return;
    const id = noteIdOf(about as RecordId);
    const stored = this.made.get(id) ?? this.found.get(id);
    if (!stored) return;
    const prepared = prepareEdit(stored, { kind: "share", id, visibility }, this.context, this.around);
    if (prepared.ok && prepared.value) this.made.set(id, prepared.value.store);
  }

  /** All edits of one record or none of them; whether it was all. */
  applyAll(id: string, edits: readonly Edit[]): boolean {
    const note = noteIdOf(id as RecordId);
    const [first, last, made, madeNote] = [
      this.first.get(id),
      this.last.get(id),
      this.made.get(id),
      this.made.get(note),
    ];
    if (edits.every((edit) => this.apply(edit).ok)) return true;
    restore(this.first, id, first);
    restore(this.last, id, last);
    restore(this.made, id, made);
    restore(this.made, note, madeNote);
    return false;
  }

  /** Every changed record once, as the edits found it and as they left it. */
  edited(): readonly Edited[] {
    return [...this.first].map(([id, { edit, before, after }]) => ({
      edit,
      before,
      after: this.last.get(id)?.after ?? after,
    }));
  }

  entries(): readonly LedgerEntry[] {
    const records = [...this.made.values()];
    const [only] = records;
    if (records.length === 1 && only) return [{ kind: "put", ...only }];
    const entries: LedgerEntry[] = [];
    for (let from = 0; from < records.length; from += RECORDS_PER_ENTRY) {
      entries.push({ kind: "puts", records: records.slice(from, from + RECORDS_PER_ENTRY) });
    }
    return entries;
  }
}

function restore<Value>(map: Map<string, Value>, id: string, value: Value | undefined): void {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
}
