import type { Client } from "../../src-main/shared/rpc";
import type { LedgerContract } from "../../src-main/shared/ledger";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { NoteId } from "../domain/ids";
import type { SaveFailure } from "../domain/saveFailure";
import type { Clock } from "./clock";
import { Effects, type ChangedRecord } from "./effects";
import { edited, forgotten, outcomesOf, type Outcomes } from "./entryOutcome";
import type { Erasures } from "./erasures";
import { entryText, idsOfEntry, type LedgerEntry } from "./ledgerEntries";
import type { NotebookState } from "./notebookState";
import { OpenNotes } from "./openNotes";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import { SerialQueue } from "./serialQueue";
import { noteOf, type StoredRecord } from "./storedRecord";
import type { Troubles } from "./troubles";
import type { WaitingRecords } from "./waitingRecords";

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
  private readonly queue = new SerialQueue();
  private readonly effects: Effects;
  private readonly parts: DoorParts;

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
        this.effects.tellWaiting();
      },
      onChanged: parts.onNoteChanged,
    });
    this.effects = new Effects({ ...parts, notes: this.notes });
  }

  get waiting(): WaitingRecords {
    return this.effects.waiting;
  }

  get erasures(): Erasures {
    return this.effects.erasures;
  }

  get position(): number {
    return this.effects.at;
  }

  /** Continues after what the store has. Only before anything is written. */
  startAt(position: number): void {
    this.effects.at = position;
    this.effects.isPlaced = true;
  }

  /** What is taken in from now on is not whole until `startAt` says so. */
  startUnplaced(): void {
    this.effects.isPlaced = false;
  }

  /** Lets an entry of a snapshot take effect; nothing may be stored yet of what it names. */
  async takeKept(entry: LedgerEntry): Promise<void> {
    await this.apply(entry, this.effects.at, new Map());
  }

  /** As `Effects.keepBefore`. For callers that hold the door's turn. */
  keepBefore(): ReturnType<Effects["keepBefore"]> {
    return this.effects.keepBefore();
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
    this.effects.enqueue([], states);
  }

  /** Changes with every write of the record in this run of the app. */
  versionOf(id: string): string {
    return this.effects.versionOf(id);
  }

  onWaiting(listener: () => void): () => void {
    return this.effects.onWaiting(listener);
  }

  dispose(): void {
    this.notes.dispose();
    this.effects.dispose();
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
      await this.apply(entry, index === entries.length - 1 ? appended.value.position : this.position, known);
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
    this.effects.at = position;
    await this.effects.take(outcomes, records, states, isLocal ? "local" : "remote", true);
    if (entry.kind === "released") this.effects.tellWaiting();
    if (states.has("quarantine")) this.parts.onQuarantine();
  }

  private async applyIncrement(entry: Extract<LedgerEntry, { kind: "noteUpdate" }>, position: number): Promise<void> {
    const { note } = entry;
    if (!this.notes.get(note)) {
      const stored = (await this.load([note])).get(note);
      this.notes.hold(note, noteOf(stored), entry.visibility);
    }
    this.notes.add(note, entry, this.position);
    this.effects.at = position;
    const states = this.parts.state.apply(entry);
    if (states.size > 0) this.effects.enqueue([], states);
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
    await this.effects.take(outcomes, records, new Map(), "local", false);
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
