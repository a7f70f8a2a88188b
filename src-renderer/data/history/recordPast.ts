import type { LedgerContract, LedgerStart } from "../../../src-main/shared/ledger";
import type { LedgerFailure } from "../../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../../src-main/shared/result";
import type { Client } from "../../../src-main/shared/rpc";
import { instant } from "../../domain/envelope";
import { noteIdOf, type NoteId, type RecordId } from "../../domain/ids";
import { isJsonObject } from "../../domain/jsonValue";
import { eachNoteVersion, type NoteStep, type NoteVersion } from "../../domain/noteVersions";
import type { AnyRecord, Content, ShippedRecord } from "../../domain/record";
import { versionsOf, type Origin, type RecordStep, type RecordVersion } from "../../domain/versions";
import { envelopeField, readKept, readKeptJson } from "../keptContent";
import type { LedgerEntry } from "../ledgerEntries";
import { createPace } from "../pace";
import { shownRecord, type Editable } from "../prepareEdit";
import { ask } from "../replay";
import { updatedBy } from "../storedRecord";
import { entryAbout, idOf, needlesOf } from "./entryAbout";

/** Bytes of the ledger that one request looks through; only what is about the record comes back. */
const LOOK_THROUGH = 4 * 1024 * 1024;

/** How far the ledger has been read, in its bytes. */
export type Progress = (read: number, of: number) => void;

export interface Versions {
  readonly record: readonly RecordVersion[];
  readonly note: readonly NoteVersion[];
}

/**
 * What the ledger has about one record and its note. Kept while a person looks at it, so that only what is new is read
 * again.
 */
export class RecordPast {
  readonly note: NoteId;
  private ledgerId = "";
  /** Read up to here. */
  private at = 0;
  private recordSteps: RecordStep[] = [];
  private stepsOfNote: NoteStep[] = [];
  private stored: Editable | undefined;
  /** By the key of a merge, the version that it joined with the one that was here. */
  private readonly joined = new Map<string, AnyRecord>();
  /** The oldest kept snapshot, until the reading has come to it. */
  private oldest: { readonly position: number; readonly records: readonly Editable[] } | undefined;
  private isWhole = true;
  private made: Versions | undefined;

  constructor(
    readonly id: RecordId,
    private readonly ledger: Pick<Client<LedgerContract>, "request">,
    private readonly base: ShippedRecord | undefined,
  ) {
    this.note = noteIdOf(id);
  }

  /** False where older history was dropped, or a part of the ledger cannot be read. */
  get complete(): boolean {
    return this.isWhole;
  }

  get noteSteps(): readonly NoteStep[] {
    return this.stepsOfNote;
  }

  /** As far as it is read. Pauses between the versions of a note, whose texts may be long. */
  async versions(signal?: AbortSignal): Promise<Versions> {
    if (this.made) return this.made;
    const pace = createPace();
    const note: NoteVersion[] = [];
    for (const version of eachNoteVersion(this.stepsOfNote)) {
      if (version) note.push(version);
      await pace();
      signal?.throwIfAborted();
    }
    this.made = { record: versionsOf(this.recordSteps), note };
    return this.made;
  }

  /** The record right after the step of that key, also of one that a later edit joined. */
  stepAt(key: string): RecordStep | undefined {
    return this.recordSteps.find((step) => step.key === key);
  }

  /** What a merge joined: the record as it was here, and as it had come. Undefined for everything else. */
  sidesOf(key: string): { readonly mine: AnyRecord; readonly theirs: AnyRecord } | undefined {
    const mine = this.recordSteps[this.recordSteps.findIndex((step) => step.key === key) - 1]?.record;
    const theirs = this.joined.get(key);
    return mine && theirs ? { mine, theirs } : undefined;
  }

  /** The record as the last entry left it. */
  get latest(): RecordStep | undefined {
    return this.recordSteps.at(-1);
  }

  /** Reads what was written since the last time, at first all there is. */
  async readOn(signal: AbortSignal | undefined, onProgress: Progress): Promise<Result<null, LedgerFailure>> {
    const started = await ask(() => this.ledger.request("start", {}));
    if (!started.ok) return started;
    const { ledger, begin, end } = started.value;
    if (ledger !== this.ledgerId || this.at < begin || this.at > end) await this.beginAnew(started.value);
    const pace = createPace();
    const containing = needlesOf(this.id, this.note);
    let next: number | null = this.at;
    while (next !== null && next < end) {
      signal?.throwIfAborted();
      const from: number = next;
      const page = await ask(() => this.ledger.request("read", { from, bytes: LOOK_THROUGH, containing }));
      if (!page.ok) {
        if (page.failure.kind !== "ledger-damaged" || (page.failure.resume ?? 0) <= from) return page;
        this.isWhole = false;
        next = page.failure.resume ?? end;
      } else {
        for (const { entry, position } of page.value.entries) {
          await this.take(entry, position);
          await pace();
        }
        next = page.value.next;
      }
      // What came after `end` while reading is here as well, or is read next time.
      this.at = next ?? Math.max(end, page.ok ? (page.value.entries.at(-1)?.position ?? 0) : 0);
      onProgress(Math.min(this.at, end) - begin, end - begin);
    }
    this.takeOldest(Number.POSITIVE_INFINITY);
    return success(null);
  }

  private async beginAnew({ ledger, begin, snapshots }: LedgerStart): Promise<void> {
    this.ledgerId = ledger;
    this.at = begin;
    this.isWhole = begin === 0;
    this.stepsOfNote = [];
    this.forget();
    const [position] = snapshots;
    this.oldest = begin > 0 && position !== undefined ? await this.readSnapshot(position) : undefined;
    this.takeOldest(begin + 1);
  }

  /** What is known before the first entry, and again after the record was erased: only what ships. */
  private forget(): void {
    const { base } = this;
    this.made = undefined;
    this.stored = undefined;
    this.joined.clear();
    this.recordSteps = base
      ? [{ key: SHIPPED, origin: "shipped", record: base, at: null, by: base.updatedBy, arrivedAt: null }]
      : [];
  }

  private async readSnapshot(position: number): Promise<RecordPast["oldest"]> {
    const records: Editable[] = [];
    const containing = needlesOf(this.id, this.note);
    let next: number | null = 0;
    while (next !== null) {
      const from: number = next;
      const page = await ask(() => this.ledger.request("readSnapshot", { position, from, containing }));
      if (!page.ok) {
        this.isWhole = false;
        break;
      }
      for (const entry of page.value.entries) records.push(...keptIn(entry, new Set([this.id, this.note])));
      next = page.value.next;
    }
    return { position, records };
  }

  /** What lies before the oldest snapshot says what came after; where it says nothing, the snapshot is the beginning. */
  private takeOldest(before: number): void {
    const { oldest } = this;
    if (!oldest || oldest.position >= before) return;
    this.oldest = undefined;
    this.made = undefined;
    for (const kept of oldest.records) {
      const isNote = idOfKept(kept) === this.note;
      if (isNote && !this.stepsOfNote.some(({ kind }) => kind === "whole")) {
        this.addWhole(kept.content, "kept", oldest.position, null);
      } else if (!isNote && this.stored === undefined) this.addStep(kept, "kept", oldest.position, null);
    }
  }

  private async take(text: string, position: number): Promise<void> {
    this.takeOldest(position);
    const read = await entryAbout(text, new Set([this.id, this.note]));
    if (read === null) return;
    this.made = undefined;
    if (read.kind === "entry") this.takeEntry(read.entry, position);
    else this.isWhole = false;
  }

  private takeEntry(entry: LedgerEntry, position: number): void {
    switch (entry.kind) {
      case "put":
        this.takeContent(entry, "edited", position, null);
        return;
      case "puts":
        for (const record of entry.records) this.takeContent(record, "edited", position, null);
        return;
      case "noteUpdate": {
        const { update, at, by, restores = false } = entry;
        this.stepsOfNote.push({ kind: "typed", key: noteKey(position), update, at, by, apart: restores });
        return;
      }
      case "erased":
        if (entry.ids.includes(this.note)) this.stepsOfNote = [];
        if (entry.ids.includes(this.id)) this.forget();
        return;
      case "pulled":
        for (const outcome of entry.outcomes) {
          const arrivedAt = entry.arrived?.at ?? null;
          if (outcome.kind === "take" || outcome.kind === "merged") {
            const origin = outcome.kind === "take" ? "taken" : "merged";
            this.takeContent({ content: outcome.content, gone: false }, origin, position, arrivedAt);
            if (outcome.kind === "merged") this.takeJoined(outcome.base, position);
          } else if (outcome.kind === "gone" && outcome.id === this.id) this.takeGone(position, arrivedAt);
        }
        return;
      default:
    }
  }

  private takeJoined(theirs: Content, position: number): void {
    const stored = { content: theirs, gone: false };
    if (theirs.kind === "opaque" || idOfKept(stored) !== this.id) return;
    const record = shownRecord(stored, this.base);
    if (record) this.joined.set(String(position), record);
  }

  private takeContent(found: Editable, origin: Origin, position: number, arrivedAt: number | null): void {
    if (idOfKept(found) === this.note) this.addWhole(found.content, origin, position, arrivedAt);
    else this.addStep(found, origin, position, arrivedAt);
  }

  private addStep(found: Editable, origin: Origin, position: number, arrivedAt: number | null): void {
    this.stored = found;
    const { content } = found;
    const record = content.kind === "opaque" ? null : (shownRecord(found, this.base) ?? null);
    const [at, by] = [updatedAt(content), updatedBy(content) ?? null];
    this.recordSteps.push({ key: String(position), origin, record, at, by, arrivedAt });
  }

  /** Another program's tombstone: nobody said who, or when. */
  private takeGone(position: number, arrivedAt: number | null): void {
    if (!this.stored || this.stored.content.kind === "opaque") return;
    this.stored = { ...this.stored, gone: true };
    const record = shownRecord(this.stored, this.base) ?? null;
    this.recordSteps.push({ key: String(position), origin: "taken", record, at: null, by: null, arrivedAt });
  }

  private addWhole(content: Content, origin: Origin, position: number, arrivedAt: number | null): void {
    const state = content.kind === "known" && content.record.type === "note" ? content.record.data.state : null;
    const [at, by] = [updatedAt(content), updatedBy(content) ?? null];
    const from = origin === "shipped" ? "kept" : origin;
    this.stepsOfNote.push({ kind: "whole", key: noteKey(position), origin: from, state, at, by, arrivedAt });
  }
}

const SHIPPED = "shipped";

function noteKey(position: number): string {
  return `n${String(position)}`;
}

/** Where a version stands in the ledger; what ships is before all of it. */
export function placeOf(key: string): number {
  return key === SHIPPED ? -1 : Number(key.replace(/^n/, ""));
}

function idOfKept({ content }: Editable): string {
  return content.kind === "opaque" ? content.id : content.record.id;
}

function updatedAt(content: Content): string | null {
  if (content.kind !== "opaque") return content.record.updatedAt;
  return instant.safeParse(envelopeField(content.json, "updatedAt")).data ?? null;
}

/** The records of these ids in a part of a snapshot. */
function keptIn(text: string, ids: ReadonlySet<string>): readonly Editable[] {
  const json: unknown = JSON.parse(text);
  if (!isJsonObject(json) || json["kind"] !== "kept" || !Array.isArray(json["records"])) return [];
  return json["records"].filter(isJsonObject).flatMap((kept): readonly Editable[] => {
    const found = kept["content"];
    if (!ids.has(idOf(found))) return [];
    const content = typeof found === "string" ? readKept(found) : readKeptJson(found);
    return content ? [{ content, gone: kept["gone"] === true }] : [];
  });
}
