import type { Change, Edit } from "../domain/edit";
import { typeOfId, type NoteId, type RecordId, type RecordType } from "../domain/ids";
import type { AnyRecord } from "../domain/record";
import { joinReversals, reversalOf, type Reversal } from "../domain/reversal";
import type { HistoryState, HistoryStep } from "../ports/notebook";
import type { NoteRestoration } from "./history/noteRestoration";

/** Steps that can be taken back; older ones are forgotten. */
const STEPS = 500;
/** Edits of the same fields that follow each other within this time are one step, in ms. */
const BURST = 2_000;
/** Records that a step names. */
const NAMED = 10;

/** One record as an edit found it and as it left it. */
export interface Edited {
  readonly edit: Edit;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}

/** An earlier text that a note was given again. */
export interface RestoredNote {
  readonly note: NoteId;
  readonly about: RecordId;
  readonly restoration: NoteRestoration;
}

interface Step {
  readonly kind: HistoryStep["kind"];
  readonly reversals: readonly Reversal[];
  /** When its last edit was made; undefined once nothing may join it any more. */
  readonly at: number | undefined;
  /** Which values its edits were about: what decides whether the next edit is more of the same. */
  readonly about: ReadonlySet<string>;
  /** A step of one note has no reversals: what it did lies within the note. */
  readonly note?: RestoredNote;
}

export type Direction = "undo" | "redo";

/**
 * What a person did in this run of the app, last done last, over all records. In memory: what was done before the start
 * is done for good. Changes from other computers are never in it.
 */
export class EditHistory {
  private done: Step[] = [];
  private undone: Step[] = [];

  state(): HistoryState {
    return { undo: shown(this.done.at(-1)), redo: shown(this.undone.at(-1)) };
  }

  /**
   * Keeps one step, of one record or of many; `now` in milliseconds since the epoch, undefined for one that joins no other
   * and is joined by none.
   */
  add(edited: readonly Edited[], now: number | undefined): void {
    const [first] = edited;
    const reversals = edited.flatMap(({ before, after }) => reversalOf(before, after) ?? []);
    if (!first || reversals.length === 0) return;
    this.undone = [];
    const at = isOfWhole(first.edit) ? undefined : now;
    const step: Step = { kind: kindOf(first), reversals, at, about: aboutOf(edited) };
    if (!this.join(step, first.after)) this.push(step);
  }

  /** Keeps the joining of a backup as one step, which nothing is added to. */
  addJoining(joined: readonly Edited[]): void {
    const reversals = joined.flatMap(({ before, after }) => reversalOf(before, after) ?? []);
    if (reversals.length === 0) return;
    this.undone = [];
    this.push({ kind: "join", reversals, at: undefined, about: new Set() });
  }

  /** Keeps the restoring of a note's text as a step of its own. */
  addNote(note: RestoredNote): void {
    this.undone = [];
    this.push({ kind: "change", reversals: [], at: undefined, about: new Set(), note });
  }

  /** What the last step changed, to be taken back. */
  last(direction: Direction): LastStep | undefined {
    const step = this.stepsOf(direction).at(-1);
    const named = shown(step);
    return step && named ? { step: named, reversals: step.reversals, note: step.note } : undefined;
  }

  /** The last step was one of a note, and it was taken back as far as anything was left of it. */
  tookBackNote(direction: Direction, wasLeft: boolean): void {
    const step = this.stepsOf(direction).pop();
    if (step && wasLeft) this.stepsOf(direction === "undo" ? "redo" : "undo").push(step);
    this.close();
  }

  /** The last step was taken back by these edits, which may be none where everything was changed elsewhere. */
  tookBack(direction: Direction, edited: readonly Edited[]): void {
    const step = this.stepsOf(direction).pop();
    if (!step) return;
    const again = direction === "redo" && step.kind === "create";
    const reversals = edited.flatMap(({ before, after }) => reversalOf(again ? undefined : before, after) ?? []);
    if (reversals.length > 0) {
      this.stepsOf(direction === "undo" ? "redo" : "undo").push({ ...step, reversals, at: undefined });
    }
    this.close();
  }

  /** The records are gone for good. */
  forget(ids: ReadonlySet<string>): void {
    const without = (steps: readonly Step[]): Step[] =>
      steps.flatMap((step) => {
        if (step.note) return ids.has(step.note.note) || ids.has(step.note.about) ? [] : [step];
        const reversals = step.reversals.filter(({ id }) => !ids.has(id));
        if (reversals.length === step.reversals.length) return [step];
        return reversals.length === 0 ? [] : [{ ...step, reversals, at: undefined }];
      });
    this.done = without(this.done);
    this.undone = without(this.undone);
  }

  private push(step: Step): void {
    this.done.push(step);
    if (this.done.length > STEPS) this.done.shift();
  }

  private stepsOf(direction: Direction): Step[] {
    return direction === "undo" ? this.done : this.undone;
  }

  /** What is typed next begins a step of its own. */
  private close(): void {
    const last = this.done.pop();
    if (last) this.done.push({ ...last, at: undefined });
  }

  /** Whether the step was more of the last one. Typing into a record that was made a moment ago belongs to making it. */
  private join(step: Step, after: AnyRecord): boolean {
    const last = this.done.at(-1);
    if (last?.at === undefined || step.at === undefined || step.at - last.at > BURST) return false;
    const [before, more] = [last.reversals[0], step.reversals[0]];
    if (!before || !more || last.reversals.length > 1 || step.reversals.length > 1) return false;
    if (step.kind !== "change" || (last.kind !== "change" && last.kind !== "create")) return false;
    if (last.about.size > 0 && !isWithin(step.about, last.about) && !isWithin(last.about, step.about)) return false;
    const joined = joinReversals(before, more, after);
    if (!joined) return false;
    this.done.pop();
    // Typed and taken away again: nothing is left to undo.
    if (joined.created === undefined && joined.fields.length === 0) return true;
    this.done.push({ ...last, reversals: [joined], at: step.at, about: new Set([...last.about, ...step.about]) });
    return true;
  }
}

export interface LastStep {
  readonly step: HistoryStep;
  readonly reversals: readonly Reversal[];
  readonly note: RestoredNote | undefined;
}

function shown(step: Step | undefined): HistoryStep | null {
  if (step?.note) {
    const { about } = step.note;
    return { kind: step.kind, type: typeOfId(about) as RecordType, ids: [about], count: 1 };
  }
  const first = step?.reversals[0];
  if (!step || !first) return null;
  const { kind, reversals } = step;
  return { kind, type: first.type, ids: reversals.slice(0, NAMED).map(({ id }) => id), count: reversals.length };
}

function kindOf({ edit, before }: Edited): HistoryStep["kind"] {
  switch (edit.kind) {
    case "create":
      return before === undefined ? "create" : "change";
    case "share":
    case "switch":
    case "settle":
      return "change";
    case "change":
    case "delete":
    case "restore":
    case "return":
      return edit.kind;
  }
}

/** Whether it is a decision about the record and nothing that is typed: each is a step of its own. */
function isOfWhole({ kind }: Edit): boolean {
  return kind === "share" || kind === "switch" || kind === "settle";
}

/** Empty for anything but changes of one record: a creation is about nothing that is typed yet. */
function aboutOf(edited: readonly Edited[]): ReadonlySet<string> {
  const [first] = edited;
  if (edited.length !== 1 || !first || kindOf(first) !== "change" || !("changes" in first.edit)) return new Set();
  return new Set(first.edit.changes.flatMap(valuesOf));
}

function valuesOf(change: Change): readonly string[] {
  switch (change.op) {
    case "set":
      return [change.field];
    case "putItem": {
      const { id, ...parts } = change.item;
      return [`${change.field}/${id}`, ...Object.keys(parts).map((part) => `${change.field}/${id}/${part}`)];
    }
    case "removeItem":
      return [`${change.field}/${change.itemId}/-`];
    case "addMember":
    case "removeMember":
      return [`${change.field}=${change.value}`];
  }
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((value) => all.has(value));
}
