import type { LedgerStart } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../src-main/shared/result";
import { idsOfEntry, type LedgerEntry } from "./ledgerEntries";
import { readEntry } from "./readEntry";
import { createPace } from "./pace";
import type { Applied, RecordStore } from "./recordStore";
import { readLedger, type Damage, type LedgerClient, type LedgerText } from "./replay";
import type { Roster } from "./roster";
import { restoreSnapshot } from "./rosterSnapshot";
import type { Troubles } from "./troubles";
import type { WriteDoor } from "./writeDoor";

export interface CatchUpParts {
  readonly ledger: LedgerClient;
  readonly start: LedgerStart;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly door: WriteDoor;
  readonly troubles: Troubles;
  /** What follows is not stored yet, and begins with an entry that only a newer version can read. */
  readonly onNewer: (from: number) => void;
  readonly log: (event: string, detail?: unknown) => void;
}

export interface CaughtUp {
  /** Position of the roster's snapshot; undefined where there was none to begin from. */
  readonly roster: number | undefined;
  /** Records that the snapshot of the roster did not show as they are. */
  readonly stale: number;
  /** Entries that were not stored yet. */
  readonly replayed: number;
  /** The store has what the ledger has lost, and what no snapshot of the ledger stands for. */
  readonly isAhead: boolean;
}

/** Brings a store that was left as it stands, and the roster over it, to the end of the ledger. Used once. */
export class CatchUp {
  /** Records that the snapshot of the roster does not show as they are. */
  private readonly stale = new Set<string>();
  /** Changes to shipped records, which no snapshot shows. */
  private overlays: readonly string[] = [];
  /** A stretch of the ledger that is stored cannot be read: what it changed, only the store knows. */
  private isGapStored = false;
  private isAhead = false;
  private isComplete = false;
  private replayed = 0;

  constructor(
    private readonly parts: CatchUpParts,
    private readonly applied: Applied,
  ) {}

  /** `trustsRoster`: the stored snapshot of the roster is of this ledger. */
  async run(trustsRoster: boolean): Promise<Result<CaughtUp, LedgerFailure>> {
    const { store, roster, start } = this.parts;
    const { applied } = this;
    const restored = trustsRoster ? await restoreSnapshot(store, roster) : undefined;
    if (!restored) await this.scan();
    this.overlays = restored?.overlays ?? [];
    const from = Math.min(applied.notesFrom, restored?.position ?? applied.position);
    // History that was dropped is covered by what is stored; the roster then has what the snapshot of it lacks.
    const isDropped = from < start.begin;
    if (isDropped) await this.scan();
    const read = await this.replay(isDropped ? Math.max(start.begin, applied.notesFrom) : from);
    if (!read.ok) return read;
    const { isAhead, replayed } = this;
    return success({ roster: restored?.position, stale: this.stale.size, replayed, isAhead });
  }

  private async scan(): Promise<void> {
    const { store, roster } = this.parts;
    for await (const records of store.scan()) for (const record of records) roster.put(record);
  }

  /** Everything as it is stored, in place of what the roster shows. */
  private async scanAgain(): Promise<void> {
    const { store, roster } = this.parts;
    const gone = new Set(roster.storedIds());
    for await (const records of store.scan()) {
      for (const record of records) {
        gone.delete(record.id);
        roster.put(record);
      }
    }
    for (const id of gone) roster.remove(id);
  }

  /** Entries up to `applied` are stored, but for typed notes; they only tell what the roster's snapshot is missing. */
  private async replay(from: number): Promise<Result<null, LedgerFailure>> {
    this.parts.door.startAt(this.applied.position);
    const pace = createPace();
    const each = async (text: LedgerText): Promise<void> => {
      await this.take(text);
      await pace();
    };
    const read = await readLedger(this.parts.ledger, from, each, (damage) => {
      this.pass(damage);
    });
    await this.complete();
    return read;
  }

  private async take({ text, from, position }: LedgerText): Promise<void> {
    const { door, store } = this.parts;
    const { applied } = this;
    if (position > applied.position) {
      await this.complete();
      const entry = await this.entryOf(text, position, from);
      await store.room();
      if (entry) await door.replay(entry, position);
      this.replayed += 1;
      return;
    }
    const entry = await this.entryOf(text, position);
    if (entry?.kind === "noteUpdate" && from >= applied.notesFrom) {
      door.startAt(from);
      await door.replay(entry, applied.position);
    } else if (entry) {
      for (const id of idsOfEntry(entry)) this.stale.add(id);
      // What was typed before that went with the note.
      if (entry.kind === "erased") for (const id of entry.ids) door.notes.drop(id);
    }
  }

  private pass({ from, to }: Damage): void {
    const { log, start, troubles } = this.parts;
    const damage = { kind: "ledger-damaged", at: from, resume: to } as const;
    log("ledger damaged", damage);
    if (from < this.applied.position) {
      this.isGapStored = true;
      this.isAhead ||= to > (start.snapshots.at(-1) ?? 0);
    }
    // What is stored is not missing: the ledger gets it again. Typed notes are stored later than the rest.
    if (to > this.applied.notesFrom) troubles.ledger(damage);
  }

  /** The roster shows what is stored, before it shows more than that. */
  private async complete(): Promise<void> {
    if (this.isComplete) return;
    this.isComplete = true;
    const { store, roster } = this.parts;
    if (this.isGapStored) await this.scanAgain();
    else {
      const stale = [...new Set([...this.stale, ...this.overlays])];
      const found = await store.load(stale);
      for (const id of stale) {
        const record = found.get(id);
        if (record) roster.put(record);
        else roster.remove(id);
      }
    }
    roster.markComplete();
  }

  /** `unstoredFrom`: where it begins, if it is not stored yet. */
  private async entryOf(text: string, position: number, unstoredFrom?: number): Promise<LedgerEntry | undefined> {
    const read = await readEntry(text);
    if (read.kind === "entry") return read.entry;
    this.parts.log(`ledger entry skipped: ${read.kind}`, { position });
    if (read.kind === "newer" && unstoredFrom !== undefined) this.parts.onNewer(unstoredFrom);
    return undefined;
  }
}
