import type { LedgerStart } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { RebuildReason, Rebuilt } from "../ports/notebook";
import { CatchUp } from "./catchUp";
import { createSyncStore } from "./doorSyncStore";
import { Editing } from "./editing";
import type { ChangedRecord } from "./effects";
import { RecordHistory } from "./history/recordHistory";
import { isHeld, LedgerKeeper } from "./ledgerKeeper";
import { Notebook } from "./notebook";
import { NotebookState, stateNames } from "./notebookState";
import type { OpenParts, Plan } from "./openParts";
import { fill, type Source } from "./rebuild";
import { RecordStore, type Applied } from "./recordStore";
import type { RowTable } from "./recordsCollection";
import { Roster } from "./roster";
import { RosterKeeper } from "./rosterKeeper";
import { noSnapshot } from "./rosterSnapshot";
import { readShipped, type ShippedRecords } from "./shipped";
import {
  newSnapshotState,
  readsMore,
  SNAPSHOT_STATE,
  snapshotStateOf,
  snapshotStateRow,
  takenOver,
  type SnapshotState,
} from "./snapshotState";
import { StoreOutdated } from "./storeDamage";
import { beforeNewer, placeOf, withinLedger } from "./storePlace";
import { takePlace } from "./takePlace";
import { Troubles } from "./troubles";
import { WriteDoor } from "./writeDoor";

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
      const taken = await takePlace(this.door, this.state, this.parts.ledger);
      if (!taken.ok) return taken;
    }
    this.isOpen = true;
    this.tell();
    this.news = undefined;
    keeper.begin(position.value.roster);
    keeper.noticed(position.value.changes);
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
    const place = await placeOf(this.store, this.start);
    if (place !== "first") return place;
    // Said at once, so that a kill within the first seconds does not look like a lost database at the next start.
    this.door.store(new Map());
    return { ledger: this.start.ledger, position: 0, notesFrom: 0 };
  }

  private async openStored(stored: Applied, shipped: ShippedRecords): Promise<Result<Opened, LedgerFailure>> {
    const { store, roster, door, state, troubles, start } = this;
    const { ledger, log } = this.parts;
    const within = withinLedger(stored, start);
    const states = await store.states([...stateNames, SNAPSHOT_STATE]);
    const kept = snapshotStateOf(states.get(SNAPSHOT_STATE));
    if (within !== stored) log("ledger ends before what is stored", { stored, end: start.end });
    const isAhead = kept.isAhead || within !== stored || isHeld(start.gaps, within.position);
    const isUpgraded = readsMore(kept);
    if (isUpgraded && !isAhead) throw new StoreOutdated("upgraded");
    // What the ledger has lost is in the store alone: what can be read now is read over that.
    const applied = isUpgraded ? beforeNewer(within, kept) : within;
    let snapshot: SnapshotState = isUpgraded
      ? { ...newSnapshotState, isAhead }
      : { ...takenOver(kept, applied.position), isAhead };
    state.start(states);
    door.waiting.start(await store.waiting());
    door.waiting.startHeld(await store.held());
    door.erasures.start(await store.erasures());
    // What ships first: changes to it are understood only together with it.
    for (const record of shipped.records.values()) roster.putShipped(record);
    if (within !== stored) {
      // The ledger has lost its end, or all of it: what it says of what is stored is no longer true, and what is stored
      // is the better copy. It is given to the ledger again as soon as it is open.
      door.startAt(applied.position);
      door.store(new Map([...snapshotStateRow({ ...kept, isAhead }), ...noSnapshot]));
    }
    const onNewer = (from: number): void => {
      if (snapshot.newerFrom !== undefined) return;
      // Before anything behind it is stored: later starts begin to read behind it.
      snapshot = { ...snapshot, newerFrom: from };
      door.store(snapshotStateRow(isUpgraded ? kept : snapshot));
    };
    const catchUp = new CatchUp({ ledger, start, store, roster, door, troubles, onNewer, log }, applied);
    const caughtUp = await catchUp.run(within === stored);
    if (!caughtUp.ok) return caughtUp;
    this.passEnd();
    snapshot = { ...snapshot, isAhead: isAhead || caughtUp.value.isAhead };
    const row = snapshotStateRow(snapshot);
    if (row.get(SNAPSHOT_STATE) !== states.get(SNAPSHOT_STATE)) door.store(row);
    this.opened.replayed = caughtUp.value.replayed;
    return success({
      roster: caughtUp.value.roster,
      changes: caughtUp.value.stale + caughtUp.value.replayed,
      snapshot,
    });
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
    let snapshot = newSnapshotState;
    const onNewer = (from: number): void => {
      if (snapshot.newerFrom !== undefined) return;
      snapshot = { ...snapshot, newerFrom: from };
      door.store(snapshotStateRow(snapshot));
    };
    const filled = await fill({ ledger, door, store, onProgress, onNewer, log }, source, start);
    if (!filled.ok) return filled;
    this.passEnd();
    await store.settled();
    store.setBulk(false);
    this.opened.replayed = filled.value.replayed;
    this.filled = { reason, damaged: filled.value.damaged };
    snapshot = { ...snapshot, size: filled.value.size };
    door.store(snapshotStateRow(snapshot));
    return success({ roster: undefined, changes: filled.value.replayed, snapshot });
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
    const syncStore = createSyncStore({ door, store, roster, state, clock });
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
}

/** Where the keepers begin. */
interface Opened {
  /** Position of the roster's snapshot; undefined if there was none. */
  readonly roster: number | undefined;
  /** Of records since then, about. */
  readonly changes: number;
  readonly snapshot: SnapshotState;
}
