import type { LedgerContract } from "../../../src-main/shared/ledger";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { Client } from "../../../src-main/shared/rpc";
import { differencesOf, editsTo } from "../../domain/differences";
import { editsToSide } from "../../domain/doubleEdits";
import type { RecordId } from "../../domain/ids";
import { noteTextAt, type NoteVersion } from "../../domain/noteVersions";
import type { AnyRecord } from "../../domain/record";
import type { SaveFailure } from "../../domain/saveFailure";
import { diffText } from "../../domain/textDiff";
import type { RecordVersion } from "../../domain/versions";
import type { MergeSide, Restorable, SideName, VersionList, VersionRow, VersionView } from "../../ports/versions";
import type { Editing } from "../editing";
import type { NotebookState } from "../notebookState";
import type { Roster } from "../roster";
import { SerialQueue } from "../serialQueue";
import type { Saved } from "../writeDoor";
import { exchangedAt } from "./exchangedAt";
import { placeOf, RecordPast, type Progress, type Versions } from "./recordPast";
import { shortened } from "./shortened";

export interface RecordHistoryParts {
  readonly ledger: Pick<Client<LedgerContract>, "request">;
  readonly roster: Roster;
  readonly state: NotebookState;
  readonly editing: Editing;
}

type Against = "before" | "now";

interface Read extends Versions {
  readonly past: RecordPast;
}

/** Who changed what when, on which computer: read from the ledger when somebody asks, and the way back to any of it. */
export class RecordHistory {
  private readonly queue = new SerialQueue();
  /** The one that was asked for last: a person looks at one history at a time. */
  private past: RecordPast | undefined;
  private readonly parts: RecordHistoryParts;

  constructor(parts: RecordHistoryParts) {
    this.parts = parts;
  }

  /** The versions of a record and of its note, newest first. Rejects when aborted. */
  async versions(id: RecordId, onProgress: Progress, signal?: AbortSignal): Promise<Result<VersionList, SaveFailure>> {
    const read = await this.read(id, signal, onProgress);
    if (!read.ok) return read;
    const { past, record, note } = read.value;
    const rows = [...note.map((version) => this.noteRowOf(version)), ...record.map((version) => this.rowOf(version))];
    rows.sort((one, other) => placeOf(other.key) - placeOf(one.key));
    const since = past.complete ? null : (rows.findLast(({ at }) => at !== null)?.at ?? null);
    return success({ versions: rows, complete: past.complete, since });
  }

  /** One version beside the one before it, or beside what is now. */
  async version(id: RecordId, key: string, against: Against): Promise<Result<VersionView, SaveFailure>> {
    const read = await this.read(id);
    if (!read.ok) return read;
    return viewOf(read.value, key, against) ?? failure({ kind: "not-found", id });
  }

  /**
   * Gives the record, or its note, what it was in that version, or in one side of that merge: an edit like any other, one
   * step of Undo.
   */
  async restore(id: RecordId, key: string, side?: SideName): Promise<Saved> {
    const { editing } = this.parts;
    const read = await this.read(id);
    if (!read.ok) return read;
    const { past } = read.value;
    if (past.noteSteps.some((step) => step.key === key)) {
      const text = noteTextAt(past.noteSteps, key);
      return text === null ? failure({ kind: "read-only", id: past.note }) : editing.restoreNote(past.note, text);
    }
    const wanted = side === undefined ? past.stepAt(key)?.record : past.sidesOf(key)?.[side];
    if (wanted === undefined) return failure({ kind: "not-found", id });
    const current = past.latest?.record;
    if (!wanted || !current) return failure({ kind: "read-only", id });
    const edits = side === undefined ? editsTo(current, wanted) : editsToSide(current, wanted);
    return edits.length === 0 ? success(null) : editing.edit(edits, true);
  }

  /** When the record was last exchanged with the server; null where the ledger does not say. */
  exchangedAt(id: RecordId, signal?: AbortSignal): Promise<number | null> {
    return exchangedAt(this.parts.ledger, id, signal);
  }

  private read(
    id: RecordId,
    signal?: AbortSignal,
    onProgress: Progress = () => undefined,
  ): Promise<Result<Read, SaveFailure>> {
    const { ledger, roster } = this.parts;
    return this.queue.run(async () => {
      signal?.throwIfAborted();
      if (this.past?.id !== id) this.past = new RecordPast(id, ledger, roster.baseOf(id));
      const { past } = this;
      const read = await past.readOn(signal, onProgress);
      return read.ok ? success({ past, ...(await past.versions(signal)) }) : read;
    });
  }

  private rowOf({ key, kind, at, by, arrivedAt, differences }: RecordVersion): VersionRow {
    return {
      ...this.whoOf({ key, at, by, arrivedAt }),
      of: "record",
      kind,
      fields: differences.map(({ field }) => field),
      differences: shortened(differences),
      change: null,
    };
  }

  private noteRowOf({ key, kind, at, by, arrivedAt, change }: NoteVersion): VersionRow {
    return { ...this.whoOf({ key, at, by, arrivedAt }), of: "note", kind, fields: [], differences: [], change };
  }

  private whoOf({ key, at, by, arrivedAt }: Pick<RecordVersion, "key" | "at" | "by" | "arrivedAt">) {
    const device = by?.device ?? null;
    const here = device !== null && device === this.parts.state.identity?.device;
    return { key, at, author: by?.author ?? null, device, here, arrivedAt };
  }
}

/** Undefined where there is no such version. */
function viewOf(read: Read, key: string, against: Against): Result<VersionView, never> | undefined {
  const { past } = read;
  const place = read.note.findIndex((each) => each.key === key);
  if (place >= 0) return success(noteViewOf(read, place, key, against));
  const version = read.record.find((each) => each.key === key);
  if (!version) return undefined;
  const { record, before } = version;
  const now = past.latest?.record ?? null;
  if (record === null) return success({ kind: "unreadable", reason: "newer" });
  const [from, to] = against === "now" ? [record, now ?? record] : [before ?? undefined, record];
  return success({
    kind: "record",
    record,
    differences: against === "before" && version.kind === "shipped" ? [] : differencesOf(from, to),
    restorable: restorableTo(now, record),
    sides: sidesOf(past, key),
  });
}

function sidesOf(past: RecordPast, key: string): Readonly<Record<SideName, MergeSide>> | null {
  const sides = past.sidesOf(key);
  if (!sides) return null;
  const now = past.latest?.record ?? null;
  const sideOf = (record: AnyRecord): MergeSide => ({
    by: record.updatedBy,
    at: record.updatedAt,
    restorable: restorableTo(now, record),
  });
  return { mine: sideOf(sides.mine), theirs: sideOf(sides.theirs) };
}

function restorableTo(now: AnyRecord | null, record: AnyRecord): Restorable {
  if (now === null) return "read-only";
  return editsTo(now, record).length === 0 ? "same" : "yes";
}

function noteViewOf({ past, note }: Read, place: number, key: string, against: Against): VersionView {
  const { noteSteps } = past;
  const text = noteTextAt(noteSteps, key);
  if (text === null) {
    const isNewer = note[place]?.kind === "newer";
    return { kind: "unreadable", reason: isNewer ? "newer" : "dropped" };
  }
  const last = noteSteps.at(-1);
  const now = last === undefined ? null : noteTextAt(noteSteps, last.key);
  const previous = note[place - 1];
  const before = previous === undefined ? "" : noteTextAt(noteSteps, previous.key);
  const [from, to] = against === "now" ? [text, now ?? text] : [before ?? text, text];
  return {
    kind: "note",
    parts: diffText(from, to),
    restorable: now === null ? "read-only" : now === text ? "same" : "yes",
  };
}
