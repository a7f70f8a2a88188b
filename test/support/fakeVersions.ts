import * as Y from "yjs";
import { failure, success, type Result } from "../../src-main/shared/result";
import { differencesOf, editsTo } from "../../src-renderer/domain/differences";
import { editsToSide } from "../../src-renderer/domain/doubleEdits";
import type { Edit } from "../../src-renderer/domain/edit";
import { noteTextAt, noteVersionsOf, type NoteStep } from "../../src-renderer/domain/noteVersions";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { AnyRecord } from "../../src-renderer/domain/record";
import type { SaveFailure } from "../../src-renderer/domain/saveFailure";
import { diffText } from "../../src-renderer/domain/textDiff";
import { versionsOf, type RecordStep } from "../../src-renderer/domain/versions";
import type { Restorable, SideName, VersionList, VersionRow, VersionView } from "../../src-renderer/ports/versions";

/** What the fake notebook remembers of one record and its note, in the order in which it happened. */
export class FakeVersions {
  private readonly steps: RecordStep[] = [];
  private readonly noteSteps: NoteStep[] = [];
  private readonly note = new Y.Doc();
  private readonly joined = new Map<string, AnyRecord>();
  private next = 1;
  private since: string | null = null;

  constructor(private readonly myDevice: string) {}

  /** The record after a change. */
  add(record: AnyRecord, origin: RecordStep["origin"]): void {
    const { updatedAt, updatedBy: by } = record;
    const at = origin === "shipped" ? null : updatedAt;
    const arrivedAt = origin === "taken" || origin === "merged" ? Date.parse(updatedAt) : null;
    this.steps.push({ key: String(this.next++), origin, record, at, by, arrivedAt });
  }

  /** What is here now and what came were joined to this. */
  addMerge(record: AnyRecord, theirs: AnyRecord): void {
    this.joined.set(String(this.next), theirs);
    this.add(record, "merged");
  }

  /** A newer version of the app wrote it. */
  addNewer(at: string): void {
    this.steps.push({ key: String(this.next++), origin: "taken", record: null, at, by: null, arrivedAt: null });
  }

  /** The note has this text from then on. */
  write(text: string, at: string, device: string): void {
    const before = Y.encodeStateVector(this.note);
    const held = this.note.getText(NOTE_TEXT);
    this.note.transact(() => {
      held.delete(0, held.length);
      held.insert(0, text);
    });
    const update = Y.encodeStateAsUpdate(this.note, before);
    this.noteSteps.push({
      kind: "typed",
      key: `n${String(this.next++)}`,
      update,
      at,
      by: { author: "author:me", device },
      apart: false,
    });
  }

  /** Older history is not kept any more. */
  dropBefore(since: string): void {
    this.since = since;
  }

  list(): VersionList {
    const rows = [
      ...versionsOf(this.steps).map((version): VersionRow => ({
        ...this.whoOf(version),
        of: "record",
        kind: version.kind,
        fields: version.differences.map(({ field }) => field),
        differences: version.differences.slice(0, 3),
        change: null,
      })),
      ...noteVersionsOf(this.noteSteps).map((version): VersionRow => ({
        ...this.whoOf(version),
        of: "note",
        kind: version.kind,
        fields: [],
        differences: [],
        change: version.change,
      })),
    ];
    rows.sort((one, other) => placeOf(other.key) - placeOf(one.key));
    return { versions: rows, complete: this.since === null, since: this.since };
  }

  view(key: string, against: "before" | "now"): Result<VersionView, SaveFailure> {
    const notes = noteVersionsOf(this.noteSteps);
    const place = notes.findIndex((version) => version.key === key);
    if (place >= 0) {
      const text = this.textAt(key);
      const [now, before] = [this.textAt(this.noteSteps.at(-1)?.key), this.textAt(notes[place - 1]?.key)];
      return success({
        kind: "note",
        parts: against === "now" ? diffText(text, now) : diffText(before, text),
        restorable: now === text ? "same" : "yes",
      });
    }
    const version = versionsOf(this.steps).find((each) => each.key === key);
    if (!version) return failure({ kind: "not-found", id: key });
    const now = this.steps.at(-1)?.record ?? null;
    if (!version.record) return success({ kind: "unreadable", reason: "newer" });
    return success({
      kind: "record",
      record: version.record,
      differences:
        against === "now"
          ? differencesOf(version.record, now ?? version.record)
          : differencesOf(version.before ?? undefined, version.record),
      restorable: restorableTo(now, version.record),
      sides: this.sidesOf(key, now),
    });
  }

  private sidesOf(key: string, now: AnyRecord | null): Extract<VersionView, { kind: "record" }>["sides"] {
    const [mine, theirs] = [this.sideOf(key, "mine"), this.sideOf(key, "theirs")];
    if (!mine || !theirs) return null;
    const side = (record: AnyRecord) => ({
      by: record.updatedBy,
      at: record.updatedAt,
      restorable: restorableTo(now, record),
    });
    return { mine: side(mine), theirs: side(theirs) };
  }

  private sideOf(key: string, side: SideName): AnyRecord | null {
    const theirs = this.joined.get(key) ?? null;
    if (side === "theirs" || theirs === null) return theirs;
    return this.steps[this.steps.findIndex((step) => step.key === key) - 1]?.record ?? null;
  }

  /** The text to restore, or the edits; null where there is no such version. */
  wayTo(key: string, side?: SideName): { readonly text: string } | { readonly edits: readonly Edit[] } | null {
    if (this.noteSteps.some((step) => step.key === key)) return { text: this.textAt(key) };
    const now = this.steps.at(-1)?.record;
    if (side !== undefined) {
      const record = this.sideOf(key, side);
      return record && now ? { edits: editsToSide(now, record) } : null;
    }
    const wanted = this.steps.find((step) => step.key === key)?.record;
    return wanted && now ? { edits: editsTo(now, wanted) } : null;
  }

  private textAt(key: string | undefined): string {
    return key === undefined ? "" : (noteTextAt(this.noteSteps, key) ?? "");
  }

  private whoOf({ key, at, by, arrivedAt }: Pick<RecordStep, "key" | "at" | "by" | "arrivedAt">) {
    const device = by?.device ?? null;
    return { key, at, author: by?.author ?? null, device, here: device === this.myDevice, arrivedAt };
  }
}

function restorableTo(now: AnyRecord | null, record: AnyRecord): Restorable {
  return now === null ? "read-only" : editsTo(now, record).length === 0 ? "same" : "yes";
}

function placeOf(key: string): number {
  return Number(key.replace(/^n/, ""));
}
