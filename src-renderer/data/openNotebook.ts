import type { Client } from "../../src-main/shared/rpc";
import type { LedgerContract } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { NoteId } from "../domain/ids";
import type { SaveFailure } from "../domain/saveFailure";
import type { Clock } from "./clock";
import type { HistoryState } from "../ports/notebook";
import { createSyncStore } from "./doorSyncStore";
import { Editing } from "./editing";
import { RecordHistory } from "./history/recordHistory";
import { idsOfEntry, readEntry, type LedgerEntry } from "./ledgerEntries";
import { Notebook } from "./notebook";
import { NotebookState, stateNames } from "./notebookState";
import { createPace } from "./pace";
import { RecordStore, type Applied } from "./recordStore";
import type { RowTable } from "./recordsCollection";
import { ask, readLedger, type LedgerText } from "./replay";
import { Roster } from "./roster";
import { RosterKeeper } from "./rosterKeeper";
import { restoreSnapshot } from "./rosterSnapshot";
import type { Sealer } from "./sealer";
import { readShipped, type ShippedFile } from "./shipped";
import { Troubles } from "./troubles";
import { WriteDoor, type ChangedRecord } from "./writeDoor";

export interface OpenParts {
  /** Opens the table; rejects when the storage cannot be opened. */
  readonly openTable: () => Promise<RowTable>;
  readonly ledger: Pick<Client<LedgerContract>, "request">;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** The text of a shipped file; may reject. */
  readonly readShipped: (file: ShippedFile) => Promise<string>;
  readonly onChanged: (records: readonly ChangedRecord[]) => void;
  readonly onNoteChanged: (note: NoteId, update: Uint8Array) => void;
  readonly onHistory: (state: HistoryState) => void;
  /** What is set aside changed. */
  readonly onQuarantine: () => void;
  readonly onTrouble: (failure: SaveFailure | null) => void;
  /** For people who look for a fault: never contents. */
  readonly log: (event: string, detail?: unknown) => void;
}

/**
 * Opens the notebook: the store as it was left, then what the ledger has beyond it. Idempotent: interrupted anywhere it
 * begins again from what is stored.
 */
export async function openNotebook(parts: OpenParts): Promise<Result<Notebook, SaveFailure>> {
  let table: RowTable;
  try {
    table = await parts.openTable();
  } catch (error) {
    return storeFailed(error);
  }
  const opening = new Opening(table, parts);
  try {
    const opened = await opening.run();
    if (!opened.ok) await opening.close();
    return opened;
  } catch (error) {
    await opening.close();
    return storeFailed(error);
  }
}

class Opening {
  private readonly store: RecordStore;
  private readonly state = new NotebookState();
  private readonly troubles: Troubles;
  private readonly roster: Roster;
  private readonly door: WriteDoor;
  private keeper: RosterKeeper | undefined;
  /** Records that the snapshot of the roster does not show as they are. */
  private readonly stale = new Set<string>();
  /** Changes to shipped records, which no snapshot shows. */
  private overlays: readonly string[] = [];
  private replayed = 0;

  constructor(
    table: RowTable,
    private readonly parts: OpenParts,
  ) {
    const { sealer, clock, ledger, onNoteChanged } = parts;
    this.troubles = new Troubles(parts.onTrouble);
    this.store = new RecordStore({ table, sealer, clock, onTrouble: (detail) => this.troubles.store(detail) });
    this.roster = new Roster(
      (id) => this.door.waiting.has(id),
      (id, fields) => {
        parts.log("changes do not fit what ships", { id, fields });
      },
    );
    this.door = new WriteDoor({
      ledger,
      store: this.store,
      roster: this.roster,
      state: this.state,
      troubles: this.troubles,
      clock,
      onChanged: (records) => {
        this.keeper?.noticed(records.length);
        // Before the notebook is open nobody has seen anything that could have changed.
        if (this.keeper) parts.onChanged(records);
      },
      onNoteChanged,
      onQuarantine: () => {
        if (this.keeper) parts.onQuarantine();
      },
    });
  }

  async run(): Promise<Result<Notebook, SaveFailure>> {
    const { ledger, clock } = this.parts;
    const shipping = readShipped(this.parts.readShipped, this.parts.log);
    const end = await ask(() => ledger.request("end", {}));
    if (!end.ok) return end;
    const stored = (await this.store.applied()) ?? { position: 0, notesFrom: 0 };
    const applied = withinLedger(stored, end.value.position);
    if (applied !== stored) this.parts.log("ledger ends before what is stored", { stored, end: end.value.position });
    this.state.start(await this.store.states(stateNames));
    this.door.waiting.start(await this.store.waiting());
    this.door.waiting.startHeld(await this.store.held());
    this.door.erasures.start(await this.store.erasures());
    // What ships first: changes to it are understood only together with it.
    const shipped = await shipping;
    for (const record of shipped.records.values()) this.roster.putShipped(record);
    const snapshot = applied === stored ? await restoreSnapshot(this.store, this.roster) : undefined;
    if (!snapshot) await this.scan();
    this.overlays = snapshot?.overlays ?? [];
    const position = snapshot?.position;
    const replayed = await this.replay(applied, Math.min(applied.notesFrom, position ?? applied.position));
    if (!replayed.ok) return replayed;
    await this.door.run((turn) => turn.fold(this.door.notes.unfolded()));
    const { door, store, roster, state } = this;
    this.keeper = new RosterKeeper({ roster, store, door, clock, position });
    this.keeper.noticed(this.stale.size + this.replayed);
    const syncStore = createSyncStore({ door, store, state, clock });
    const editing = new Editing({ door, state, roster, clock, onHistory: this.parts.onHistory });
    const recordHistory = new RecordHistory({ ledger, roster, state, editing });
    const { keeper } = this;
    return success(
      new Notebook({
        door,
        store,
        roster,
        state,
        keeper,
        editing,
        recordHistory,
        shipped,
        clock,
        syncStore,
        replayed: this.replayed,
      }),
    );
  }

  async close(): Promise<void> {
    this.door.dispose();
    this.keeper?.dispose();
    await this.store.close().catch((error: unknown) => {
      this.parts.log("closing failed", error);
    });
  }

  private async scan(): Promise<void> {
    for await (const records of this.store.scan()) for (const record of records) this.roster.put(record);
  }

  /** Entries up to `applied` are stored, but for typed notes; they only tell what the roster's snapshot is missing. */
  private async replay(applied: Applied, from: number): Promise<Result<null, LedgerFailure>> {
    this.door.startAt(applied.position);
    let isComplete = false;
    const pace = createPace();
    const complete = async (): Promise<void> => {
      if (isComplete) return;
      isComplete = true;
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
        this.replayed += 1;
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
    const read = await readLedger(this.parts.ledger, from, each, (damage) => {
      this.parts.log("ledger damaged", damage);
      this.troubles.ledger(damage);
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

/** A ledger that ends earlier was replaced or cut: what it has now says nothing about what is stored. */
function withinLedger(applied: Applied, end: number): Applied {
  return applied.position <= end ? applied : { position: end, notesFrom: end };
}

function storeFailed(error: unknown): Result<never, SaveFailure> {
  return failure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
}
