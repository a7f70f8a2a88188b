import { typeOfId } from "../domain/ids";
import type { Erased, Outcomes } from "./entryOutcome";
import { Erasures } from "./erasures";
import type { OpenNotes } from "./openNotes";
import { createPace } from "./pace";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import {
  eraseWrite,
  labelOf,
  noteOf,
  writeOf,
  type RecordState,
  type RecordWrite,
  type StoredRecord,
} from "./storedRecord";
import { WaitingRecords } from "./waitingRecords";

/** A person's own edits, or what came by sync. */
export type Origin = "local" | "remote";

export interface ChangedRecord {
  readonly id: string;
  readonly type: string;
  readonly origin: Origin;
}

export interface EffectsParts {
  /** The ledger's uuid. */
  readonly ledgerId: string;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly notes: OpenNotes;
  readonly onChanged: (records: readonly ChangedRecord[]) => void;
}

/**
 * What entries come to, once the ledger has them: everything in memory follows at once (lists, what waits, open notes),
 * the store in the background. Nothing here can fail.
 */
export class Effects {
  readonly waiting = new WaitingRecords();
  readonly erasures = new Erasures();
  /** The ledger's position after the last entry that took effect. */
  at = 0;
  /** Whether the store may be said to have followed the ledger up to `at`. */
  isPlaced = true;
  private readonly versions = new Map<string, number>();
  private readonly waitingListeners = new Set<() => void>();
  private readonly keeping = new Set<Map<string, StoredRecord | undefined>>();
  private writes = 0;
  private readonly parts: EffectsParts;

  constructor(parts: EffectsParts) {
    this.parts = parts;
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
    this.waitingListeners.clear();
  }

  /**
   * Collects from now on, of every record that changes, how it was before (undefined: it was not there), until `stop`.
   */
  keepBefore(): { readonly before: ReadonlyMap<string, StoredRecord | undefined>; readonly stop: () => void } {
    const before = new Map<string, StoredRecord | undefined>();
    this.keeping.add(before);
    return { before, stop: () => this.keeping.delete(before) };
  }

  /** `found`: the records as they are before, of those that there are. */
  async take(
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
        this.parts.notes.drop(id);
        isWaiting = true;
        continue;
      }
      isWaiting = this.waiting.update(record) || isWaiting;
      if (record.content.kind !== "opaque") this.parts.notes.share(id, record.content.record.visibility);
      const note = isNews ? noteOf(record) : undefined;
      if (note) this.parts.notes.receive(note);
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

  /** Hands the store what is to be stored as of the present position. */
  enqueue(writes: readonly RecordWrite[], states: ReadonlyMap<string, string>): void {
    const place = { position: this.at, notesFrom: this.parts.notes.unfoldedFrom() ?? this.at };
    const applied = this.isPlaced ? { ledger: this.parts.ledgerId, ...place } : undefined;
    this.parts.store.enqueue({ writes, states, applied });
  }

  tellWaiting(): void {
    for (const listener of this.waitingListeners) listener();
  }
}
