import type { Client } from "../../src-main/shared/rpc";
import type { LedgerContract } from "../../src-main/shared/ledger";
import { failure, success, type Result } from "../../src-main/shared/result";
import { typeOfId, type NoteId } from "../domain/ids";
import type { RecordOf } from "../domain/record";
import type { SaveFailure } from "../domain/saveFailure";
import type { Clock } from "./clock";
import { edited, forgotten, outcomesOf, type Erased, type Outcomes } from "./entryOutcome";
import { Erasures } from "./erasures";
import { entryText, idsOfEntry, type LedgerEntry } from "./ledgerEntries";
import type { NotebookState } from "./notebookState";
import { OpenNotes } from "./openNotes";
import { createPace } from "./pace";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import { SerialQueue } from "./serialQueue";
import { eraseWrite, labelOf, writeOf, type RecordState, type RecordWrite, type StoredRecord } from "./storedRecord";
import type { Troubles } from "./troubles";
import { WaitingRecords } from "./waitingRecords";

/** A person's own edits, or what came by sync. */
export type Origin = "local" | "remote";

export interface ChangedRecord {
  readonly id: string;
  readonly type: string;
  readonly origin: Origin;
}

export interface DoorParts {
  readonly ledger: Pick<Client<LedgerContract>, "request">;
  /** The ledger's uuid. */
  readonly ledgerId: string;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly state: NotebookState;
  readonly troubles: Troubles;
  readonly clock: Clock;
  readonly onChanged: (records: readonly ChangedRecord[]) => void;
  readonly onNoteChanged: (note: NoteId, update: Uint8Array) => void;
  readonly onQuarantine: () => void;
}

export type Saved = Result<null, SaveFailure>;

/**
 * The one door through which anything is written. All of it is serial: read, decide, append to the ledger (fsync),
 * then take effect in memory; the store follows in the background and reads see what it has not got yet. What the
 * ledger has not taken has no effect at all.
 *
 * Taking effect is one function of the entry, `apply`, the same for what was just appended and for what is replayed.
 */
export class WriteDoor {
  readonly notes: OpenNotes;
  readonly waiting = new WaitingRecords();
  readonly erasures = new Erasures();
  private readonly queue = new SerialQueue();
  private readonly versions = new Map<string, number>();
  private readonly waitingListeners = new Set<() => void>();
  private readonly parts: DoorParts;
  private writes = 0;
  private readonly keeping = new Set<Map<string, StoredRecord | undefined>>();
  /** Whether the store may be said to have followed the ledger up to `at`. */
  private isPlaced = true;
  /** The ledger's position after the last entry that took effect. */
  private at = 0;

  constructor(parts: DoorParts) {
    this.parts = parts;
    this.notes = new OpenNotes({
      clock: parts.clock,
      onWantsFold: (note) => {
        this.run((turn) => turn.fold([note])).catch((error: unknown) => {
          parts.troubles.store(String(error));
        });
      },
      onWaiting: () => {
        this.tellWaiting();
      },
      onChanged: parts.onNoteChanged,
    });
  }

  get position(): number {
    return this.at;
  }

  /** Continues after what the store has. Only before anything is written. */
  startAt(position: number): void {
    this.at = position;
    this.isPlaced = true;
  }

  /** What is taken in from now on is not whole until `startAt` says so. */
  startUnplaced(): void {
    this.isPlaced = false;
  }

  /** Lets an entry of a snapshot take effect; nothing may be stored yet of what it names. */
  async takeKept(entry: LedgerEntry): Promise<void> {
    await this.apply(entry, this.at, new Map());
  }

  /**
   * Collects from now on, of every record that changes, how it was before (undefined: it was not there), until `stop`.
   * For callers that hold the door's turn.
   */
  keepBefore(): { readonly before: ReadonlyMap<string, StoredRecord | undefined>; readonly stop: () => void } {
    const before = new Map<string, StoredRecord | undefined>();
    this.keeping.add(before);
    return { before, stop: () => this.keeping.delete(before) };
  }

  /** Runs a task while nothing else can write. */
  run<Value>(task: (turn: Turn) => Promise<Value>): Promise<Value> {
    return this.queue.run(() => task(this.turn));
  }

  /** The same for a task that saves something; a storage that cannot be read is an answer, nothing is saved then. */
  save(task: (turn: Turn) => Promise<Saved>): Promise<Saved> {
    return this.run(async (turn) => {
      try {
        return await task(turn);
      } catch (error) {
        return failure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
      }
    });
  }

  /** Lets an entry take effect that the ledger has up to `position`. For replaying; callers hold the door's turn. */
  async replay(entry: LedgerEntry, position: number): Promise<void> {
    await this.apply(entry, position, undefined);
  }

  /** Stores state rows that no entry is about. */
  store(states: ReadonlyMap<string, string>): void {
    this.enqueue([], states);
  }

  /** Changes with every write of the record in this run of the app. */
  versionOf(id: string): string {
    return String(this.versions.get(id) ?? 0);
  }

  onWaiting(listener: () => void): () => void {
    this.waitingListeners.add(listener);
    return () => this.waitingListeners.delete(listener);
  }

  dispose(): void {
    this.notes.dispose();
    this.waitingListeners.clear();
  }

  private readonly turn: Turn = {
    load: (ids) => this.load(ids),
    commit: (entries, known) => this.commit(entries, known),
    fold: (notes) => this.fold(notes),
  };

  private async load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>> {
    await this.fold(ids);
    const known = ids.filter((id) => this.parts.roster.knows(id));
    const found = new Map<string, StoredRecord>();
    for (let from = 0; from < known.length; from += LOAD_PART) {
      for (const [id, record] of await this.parts.store.load(known.slice(from, from + LOAD_PART)))
        found.set(id, record);
    }
    return found;
  }

  private async commit(entries: readonly LedgerEntry[], loaded?: ReadonlyMap<string, StoredRecord>): Promise<Saved> {
    // Everything that can fail comes before the append; after it only memory changes.
    await this.foldForgotten(entries);
    const known = loaded ?? (await this.load(entries.flatMap((entry) => this.idsOf(entry))));
    const appended = await this.append(await Promise.all(entries.map(entryText)));
    this.parts.troubles.ledger(appended.ok ? null : appended.failure);
    if (!appended.ok) return appended;
    // Only the last one moves the position on: the store must not be ahead of an entry that it has not got.
    for (const [index, entry] of entries.entries()) {
      await this.apply(entry, index === entries.length - 1 ? appended.value.position : this.at, known);
    }
    return success(null);
  }

  private async append(entries: string[]): Promise<Result<{ readonly position: number }, SaveFailure>> {
    try {
      return await this.parts.ledger.request("append", { entries });
    } catch (error) {
      return failure({ kind: "ledger-unavailable", detail: error instanceof Error ? error.message : String(error) });
    }
  }

  private async apply(
    entry: LedgerEntry,
    position: number,
    known: ReadonlyMap<string, StoredRecord> | undefined,
  ): Promise<void> {
    if (entry.kind === "noteUpdate") {
      await this.applyIncrement(entry, position);
      return;
    }
    await this.foldForgotten([entry]);
    const ids = this.idsOf(entry);
    await this.fold(ids);
    const records = known ?? (await this.load(ids));
    const isLocal = entry.kind === "put" || entry.kind === "puts" || entry.kind === "erased";
    const outcomes =
      entry.kind === "forgotten"
        ? [
            ...[...records].map(([id, record]) => [id, forgotten(record)] as const),
            ...this.erasures.list().map(({ id }) => [id, { erasure: undefined }] as const),
          ]
        : outcomesOf(entry, { record: (id) => records.get(id), erasure: (id) => this.erasures.get(id) });
    const states = this.parts.state.apply(entry);
    this.at = position;
    await this.takeEffect(outcomes, records, states, isLocal ? "local" : "remote", true);
    if (entry.kind === "released") this.tellWaiting();
    if (states.has("quarantine")) this.parts.onQuarantine();
  }

  private async applyIncrement(entry: Extract<LedgerEntry, { kind: "noteUpdate" }>, position: number): Promise<void> {
    const { note } = entry;
    if (!this.notes.get(note)) {
      const stored = (await this.load([note])).get(note);
      this.notes.hold(note, noteOf(stored), entry.visibility);
    }
    this.notes.add(note, entry, this.at);
    this.at = position;
    const states = this.parts.state.apply(entry);
    if (states.size > 0) this.enqueue([], states);
    if (states.has("quarantine")) this.parts.onQuarantine();
  }

  private idsOf(entry: LedgerEntry): readonly string[] {
    if (entry.kind !== "forgotten") return idsOfEntry(entry);
    // Before the first exchange there is nothing to forget, and no record need be read for it.
    return this.parts.state.hasExchanged ? this.parts.roster.storedIds() : [];
  }

  /**
   * Forgetting a server is about every record, so about every note that is typed: one that takes the place of an erased
   * one would otherwise go with what is left of that.
   */
  private async foldForgotten(entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.some(({ kind }) => kind === "forgotten")) await this.fold(this.notes.unfolded());
  }

  /** Writes what was typed in these notes into their records. No entry: the increments are in the ledger. */
  private async fold(ids: readonly string[]): Promise<void> {
    const buffers = ids.map((id) => this.notes.get(id)).filter((buffer) => buffer?.pendingFrom !== undefined);
    if (buffers.length === 0) return;
    const records = await this.parts.store.load(buffers.flatMap((buffer) => buffer?.note ?? []));
    const outcomes: Outcomes[number][] = [];
    for (const buffer of buffers) {
      const before = buffer && records.get(buffer.note);
      // A newer version of the app has written it meanwhile: what was typed stays in the ledger.
      if (before && !noteOf(before)) continue;
      const record = buffer?.fold(noteOf(before));
      if (!buffer || !record) continue;
      const erasure = this.erasures.get(buffer.note);
      outcomes.push([buffer.note, edited({ kind: "known", record }, before, erasure)]);
      this.notes.folded(buffer.note);
    }
    await this.takeEffect(outcomes, records, new Map(), "local", false);
  }

  private async takeEffect(
    outcomes: Outcomes,
    found: ReadonlyMap<string, StoredRecord>,
    states: ReadonlyMap<string, string>,
    origin: Origin,
    /** Whether notes may hold what their editors have not got. */
    isNews: boolean,
  ): Promise<void> {
    const pace = createPace();
    const latest = new Map<string, StoredRecord | undefined>();
    const writes: RecordWrite[] = [];
    const changed: ChangedRecord[] = [];
    const rosterRows: RecordWrite[] = [];
    for (const [id, after] of outcomes) {
      const before = latest.has(id) ? latest.get(id) : found.get(id);
      const write = this.writeOf(id, before, after);
      if (!write.row && write.side === "keep") continue;
      for (const kept of this.keeping) if (!kept.has(id)) kept.set(id, before);
      latest.set(id, write.record ?? undefined);
      writes.push(write);
      changed.push({ id, type: write.record ? labelOf(write.record.content).type : typeOfId(id), origin });
      if (write.row) rosterRows.push(write);
      this.versions.set(id, ++this.writes);
    }
    this.enqueue(writes, states);
    for (const { id, record } of rosterRows) {
      if (record) this.parts.roster.put(record);
      else this.parts.roster.remove(id);
      await pace();
    }
    let isWaiting = false;
    for (const [id, record] of latest) {
      if (!record) {
        this.waiting.forget(id);
        this.notes.drop(id);
        isWaiting = true;
        continue;
      }
      isWaiting = this.waiting.update(record) || isWaiting;
      const note = isNews ? noteOf(record) : undefined;
      if (note) this.notes.receive(note);
    }
    if (changed.length > 0) this.parts.onChanged(changed);
    if (isWaiting) this.tellWaiting();
  }

  /** The write of one outcome, with what is known of erased records kept up to date. */
  private writeOf(id: string, before: StoredRecord | undefined, after: RecordState | Erased): RecordWrite {
    const left = this.erasures.get(id);
    if (!("erasure" in after)) {
      this.erasures.delete(id);
      return writeOf(before, id, after, left);
    }
    if (after.erasure) this.erasures.set(after.erasure);
    else this.erasures.delete(id);
    return eraseWrite(id, before, left, after.erasure);
  }

  private enqueue(writes: readonly RecordWrite[], states: ReadonlyMap<string, string>): void {
    const place = { position: this.at, notesFrom: this.notes.unfoldedFrom() ?? this.at };
    const applied = this.isPlaced ? { ledger: this.parts.ledgerId, ...place } : undefined;
    this.parts.store.enqueue({ writes, states, applied });
  }

  private tellWaiting(): void {
    for (const listener of this.waitingListeners) listener();
  }
}

/** What may be done while holding the door. */
export interface Turn {
  /** The records that exist among these ids, with what was typed in them. */
  load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>>;
  /** Appends all entries or none and lets them take effect. `known`: what was loaded in this turn and is unchanged. */
  commit(entries: readonly LedgerEntry[], known?: ReadonlyMap<string, StoredRecord>): Promise<Saved>;
  fold(notes: readonly string[]): Promise<void>;
}

/** Records read at a time, so that the thread is free in between. */
const LOAD_PART = 500;

/** The note in a stored record, if this version can read it. */
export function noteOf(record: StoredRecord | undefined): RecordOf<"note"> | undefined {
  if (record?.content.kind !== "known" || record.content.record.type !== "note") return undefined;
  return record.content.record;
}
