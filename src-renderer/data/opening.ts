import { v4 as newDevice } from "uuid";
import type { LedgerStart } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { RebuildReason, Rebuilt } from "../ports/notebook";
import { createSyncStore } from "./doorSyncStore";
import { Editing } from "./editing";
import { RecordHistory } from "./history/recordHistory";
import { idsOfEntry, type LedgerEntry } from "./ledgerEntries";
import { isHeld, LedgerKeeper } from "./ledgerKeeper";
import { Notebook } from "./notebook";
import { NotebookState, stateNames } from "./notebookState";
import type { OpenParts, Plan } from "./openParts";
import { createPace } from "./pace";
import { readEntry } from "./readEntry";
import { fill, type Source } from "./rebuild";
import { RecordStore, type Applied } from "./recordStore";
import type { RowTable } from "./recordsCollection";
import { readLedger, type LedgerText } from "./replay";
import { Roster } from "./roster";
import { RosterKeeper } from "./rosterKeeper";
import { noSnapshot, restoreSnapshot } from "./rosterSnapshot";
import { readShipped, type ShippedRecords } from "./shipped";
import { SNAPSHOT_STATE, snapshotStateOf, snapshotStateRow, type SnapshotState } from "./snapshotState";
import { StoreOutdated } from "./storeDamage";
import { Troubles } from "./troubles";
import { WriteDoor, type ChangedRecord } from "./writeDoor";

/** Between two messages about how far a rebuild is, in ms; changed records are told as often. */
const TELL = 100;

/** One attempt to open the notebook on one table. */
export class Opening {
  private readonly store: RecordStore;
  private readonly state = new NotebookState();
  private readonly troubles: Troubles;
  private readonly roster: Roster;
  private readonly door: WriteDoor;
  private readonly keeper: RosterKeeper;
  private readonly ledgerKeeper: LedgerKeeper;
  /** What is still to be told of changed records, while the store is made anew; undefined while nobody can see them. */
  private news: ChangedRecord[] | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;
  private isOpen = false;
  private made: Notebook | undefined;
  private readonly opened: { replayed: number; rebuilt: Rebuilt | null } = { replayed: 0, rebuilt: null };
  /** Where the store was made anew. */
  private filled: Pick<Rebuilt, "reason" | "damaged"> | undefined;
  /** A stretch of the ledger that is stored cannot be read: what it changed, only the store knows. */
  private isGapStored = false;
  /** And no snapshot of the ledger stands for it. */
  private isAhead = false;
  /** Records that the snapshot of the roster does not show as they are. */
  private readonly stale = new Set<string>();
  /** Changes to shipped records, which no snapshot shows. */
  private overlays: readonly string[] = [];

  constructor(
    table: RowTable,
    private readonly parts: OpenParts,
    private readonly start: LedgerStart,
  ) {
    const { sealer, clock, ledger, log, onNoteChanged } = parts;
    this.troubles = new Troubles(parts.onTrouble);
    this.store = new RecordStore({ table, sealer, clock, onTrouble: (detail) => this.troubles.store(detail) });
    this.roster = new Roster(
      (id) => this.door.waiting.has(id),
      (id, fields) => {
        log("changes do not fit what ships", { id, fields });
      },
    );
    const { store, roster, state, troubles } = this;
    this.door = new WriteDoor({
      ledger,
      ledgerId: start.ledger,
      store,
      roster,
      state,
      troubles,
      clock,
      onChanged: (records) => {
        this.changed(records);
      },
      onNoteChanged,
      onQuarantine: () => {
        if (this.isOpen) parts.onQuarantine();
      },
    });
    const { door } = this;
    this.keeper = new RosterKeeper({ roster, store, door, clock });
    this.ledgerKeeper = new LedgerKeeper({ ledger, door, store, roster, state, clock, log });
  }

  /** Throws `StoreDamaged`, `StoreOutdated` and `SnapshotDamaged`. */
  async run({ source, reason }: Plan): Promise<Result<Notebook, SaveFailure>> {
    const shipping = readShipped(this.parts.readShipped, this.parts.log);
    const applied = reason === undefined ? await this.stored() : undefined;
    const position = applied
      ? await this.openStored(applied, await shipping)
      : await this.openEmpty(source, reason ?? "missing", await shipping);
    if (!position.ok) return position;
    const { door, keeper, ledgerKeeper } = this;
    await door.run((turn) => turn.fold(door.notes.unfolded()));
    if (this.filled) this.opened.rebuilt = this.rebuilt(this.filled);
    if (this.start.copied) {
      const taken = await this.takePlace();
      if (!taken.ok) return taken;
    }
    this.isOpen = true;
    this.tell();
    this.news = undefined;
    keeper.begin(position.value.roster);
    keeper.noticed(this.stale.size + this.opened.replayed);
    ledgerKeeper.begin(this.start.snapshots.at(-1) ?? 0, position.value.snapshot);
    return success(this.notebook(await shipping));
  }

  async close(): Promise<void> {
    this.door.dispose();
    this.keeper.dispose();
    await this.ledgerKeeper.dispose();
    await this.store.close().catch((error: unknown) => {
      this.parts.log("closing failed", error);
    });
  }

  /** How far the store is; undefined for an empty one. */
  private async stored(): Promise<Applied | undefined> {
    const { start, store } = this;
    const applied = await store.applied();
    if (!applied) {
      if (!(await store.isEmpty())) throw new StoreOutdated("unfinished");
      if (!isEmptyLedger(start)) return undefined;
      // Said at once, so that a kill within the first seconds does not look like a lost database at the next start.
      this.door.store(new Map());
      return { ledger: start.ledger, position: 0, notesFrom: 0 };
    }
    if (applied.ledger !== start.ledger && !isEmptyLedger(start)) throw new StoreOutdated("other-ledger");
    if (applied.position < start.begin) throw new StoreOutdated("behind");
    return applied;
  }

  private async openStored(stored: Applied, shipped: ShippedRecords): Promise<Result<Opened, LedgerFailure>> {
    const { store, roster, door, state } = this;
    const applied = withinLedger(stored, this.start);
    const states = await store.states([...stateNames, SNAPSHOT_STATE]);
    state.start(states);
    door.waiting.start(await store.waiting());
    door.waiting.startHeld(await store.held());
    door.erasures.start(await store.erasures());
    // What ships first: changes to it are understood only together with it.
    for (const record of shipped.records.values()) roster.putShipped(record);
    let snapshot = snapshotStateOf(states.get(SNAPSHOT_STATE));
    if (applied !== stored) {
      // The ledger has lost its end, or all of it: what it says of what is stored is no longer true, and what is stored
      // is the better copy. It is given to the ledger again as soon as it is open.
      this.parts.log("ledger ends before what is stored", { stored, end: this.start.end });
      snapshot = { ...snapshot, isAhead: true };
      door.startAt(applied.position);
      door.store(new Map([...snapshotStateRow(snapshot), ...noSnapshot]));
    }
    const restored = applied === stored ? await restoreSnapshot(store, roster) : undefined;
    if (!restored) await this.scan();
    this.overlays = restored?.overlays ?? [];
    const from = Math.min(applied.notesFrom, restored?.position ?? applied.position);
    // History that was dropped is covered by what is stored; the roster then has what the snapshot of it lacks.
    const replayed = from < this.start.begin ? await this.rescan(applied) : await this.replay(applied, from);
    if (!replayed.ok) return replayed;
    this.passEnd();
    if (this.isAhead || isHeld(this.start.gaps, applied.position)) {
      snapshot = { ...snapshot, isAhead: true };
      door.store(snapshotStateRow(snapshot));
    }
    return success({ roster: restored?.position, snapshot });
  }

  /** Fills an empty store from the ledger. Readers may come in as soon as it is known whose notebook it is. */
  private async openEmpty(
    source: Source,
    reason: RebuildReason,
    shipped: ShippedRecords,
  ): Promise<Result<Opened, LedgerFailure>> {
    const { ledger, log, onReadable, onRebuilding } = this.parts;
    const { door, store, roster, start } = this;
    log("store made anew", { reason, ...source });
    for (const record of shipped.records.values()) roster.putShipped(record);
    roster.markComplete();
    store.setBulk(true);
    const onProgress = (done: number, total: number): void => {
      if (!this.news && this.state.identity && roster.size > 1) {
        this.news = [];
        onReadable?.(this.notebook(shipped));
      }
      if (performance.now() - this.toldAt < TELL) return;
      this.toldAt = performance.now();
      onRebuilding?.({ done: Math.min(done, total), total });
      this.tell();
    };
    const filled = await fill({ ledger, door, store, onProgress, log }, source, start);
    if (!filled.ok) return filled;
    this.passEnd();
    await store.settled();
    store.setBulk(false);
    this.opened.replayed = filled.value.replayed;
    this.filled = { reason, damaged: filled.value.damaged };
    const snapshot: SnapshotState = { size: filled.value.size, isAhead: false };
    door.store(snapshotStateRow(snapshot));
    return success({ roster: undefined, snapshot });
  }

  /** All there is was read, even if nothing could be read of the last stretch: a snapshot stands for that as well. */
  private passEnd(): void {
    if (this.door.position < this.start.end) this.door.startAt(this.start.end);
  }

  private rebuilt({ reason, damaged }: Pick<Rebuilt, "reason" | "damaged">): Rebuilt {
    const { roster } = this;
    let notes = 0;
    for (const { type } of roster.entries()) if (type === "note") notes += 1;
    return { reason, records: roster.size - notes, notes, damaged };
  }

  /** The one notebook of this opening, made when first asked for. */
  private notebook(shipped: ShippedRecords): Notebook {
    this.made ??= this.makeNotebook(shipped);
    return this.made;
  }

  private makeNotebook(shipped: ShippedRecords): Notebook {
    const { door, store, roster, state, keeper, ledgerKeeper, opened, parts } = this;
    const { clock, ledger, onHistory } = parts;
    const syncStore = createSyncStore({ door, store, state, clock });
    const editing = new Editing({ door, state, roster, clock, onHistory });
    const recordHistory = new RecordHistory({ ledger, roster, state, editing });
    return new Notebook({
      door,
      store,
      roster,
      state,
      keeper,
      ledgerKeeper,
      editing,
      shipped,
      clock,
      syncStore,
      recordHistory,
      opened,
    });
  }

  /** This computer's own id, in place of that of the computer the notebook was copied from. */
  private async takePlace(): Promise<Result<null, SaveFailure>> {
    const { door, state } = this;
    const { identity } = state;
    if (identity) {
      const entries: LedgerEntry[] = [{ kind: "identity", identity: { ...identity, device: newDevice() } }];
      // The counters on the servers belong to the other computer; this one has none there yet.
      for (const [notebook, server] of state.serverStates()) {
        entries.push({ kind: "server", notebook, state: { ...server, counter: 0 } });
      }
      const saved = await door.save((turn) => turn.commit(entries));
      if (!saved.ok) return saved;
    }
    await this.parts.ledger.request("placeTaken", {});
    return success(null);
  }

  private changed(records: readonly ChangedRecord[]): void {
    this.keeper.noticed(records.length);
    if (this.isOpen) {
      this.ledgerKeeper.noticed();
      this.parts.onChanged(records);
      // Before, nobody has seen anything that could have changed, unless lists are already shown.
    } else this.news?.push(...records);
  }

  private tell(): void {
    if (!this.news || this.news.length === 0) return;
    this.parts.onChanged(this.news);
    this.news = [];
  }

  private async scan(): Promise<void> {
    for await (const records of this.store.scan()) for (const record of records) this.roster.put(record);
  }

  /** Everything as it is stored, in place of what the roster shows. */
  private async scanAgain(): Promise<void> {
    const { store, roster } = this;
    const gone = new Set(roster.storedIds());
    for await (const records of store.scan()) {
      for (const record of records) {
        gone.delete(record.id);
        roster.put(record);
      }
    }
    for (const id of gone) roster.remove(id);
    roster.markComplete();
  }

  private async rescan(applied: Applied): Promise<Result<null, LedgerFailure>> {
    await this.scan();
    return this.replay(applied, Math.max(this.start.begin, applied.notesFrom));
  }

  /** Entries up to `applied` are stored, but for typed notes; they only tell what the roster's snapshot is missing. */
  private async replay(applied: Applied, from: number): Promise<Result<null, LedgerFailure>> {
    this.door.startAt(applied.position);
    let isComplete = false;
    const pace = createPace();
    const complete = async (): Promise<void> => {
      if (isComplete) return;
      isComplete = true;
      if (this.isGapStored) {
        await this.scanAgain();
        return;
      }
      const stale = [...new Set([...this.stale, ...this.overlays])];
      const found = await this.store.load(stale);
      for (const id of stale) {
        const record = found.get(id);
        if (record) this.roster.put(record);
        else this.roster.remove(id);
      }
      this.roster.markComplete();
    };
    const each = async ({ text, from: before, position }: LedgerText): Promise<void> => {
      const entry = await this.entryOf(text, position);
      if (position > applied.position) {
        await complete();
        await this.store.room();
        if (entry) await this.door.replay(entry, position);
        this.opened.replayed += 1;
      } else if (entry?.kind === "noteUpdate" && before >= applied.notesFrom) {
        this.door.startAt(before);
        await this.door.replay(entry, applied.position);
      } else if (entry) {
        for (const id of idsOfEntry(entry)) this.stale.add(id);
        // What was typed before that went with the note.
        if (entry.kind === "erased") for (const id of entry.ids) this.door.notes.drop(id);
      }
      await pace();
    };
    const read = await readLedger(this.parts.ledger, from, each, ({ from: at, to }) => {
      const damage = { kind: "ledger-damaged", at, resume: to } as const;
      this.parts.log("ledger damaged", damage);
      if (at < applied.position) {
        this.isGapStored = true;
        this.isAhead ||= to > (this.start.snapshots.at(-1) ?? 0);
      }
      // What is stored is not missing: the ledger gets it again. Typed notes are stored later than the rest.
      if (to > applied.notesFrom) this.troubles.ledger(damage);
    });
    await complete();
    return read;
  }

  private async entryOf(text: string, position: number): Promise<LedgerEntry | undefined> {
    const read = await readEntry(text);
    if (read.kind === "entry") return read.entry;
    this.parts.log(`ledger entry skipped: ${read.kind}`, { position });
    return undefined;
  }
}

/** Where the keepers begin. */
interface Opened {
  /** Position of the roster's snapshot; undefined if there was none. */
  readonly roster: number | undefined;
  readonly snapshot: SnapshotState;
}

function isEmptyLedger({ end, snapshots }: LedgerStart): boolean {
  return end === 0 && snapshots.length === 0;
}

/** Of a ledger that ends earlier, or is another, empty one, nothing after its end has been stored. */
function withinLedger(applied: Applied, { ledger, end }: LedgerStart): Applied {
  if (applied.ledger === ledger && applied.position <= end) return applied;
  return { ledger, position: end, notesFrom: end };
}
