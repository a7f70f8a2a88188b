import { v4 as newDevice, v7 as newId } from "uuid";
import { failure, success, type Result } from "../../src-main/shared/result";
import { applyEdit } from "../domain/applyEdit";
import { nextDeviceNumber } from "../domain/devices";
import type { Edit } from "../domain/edit";
import { noteIdOf, type RecordId } from "../domain/ids";
import { MAX_NOTE_TEXT } from "../domain/limits";
import { changedFields } from "../domain/overlay";
import type { ShippedRecord } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import type { SaveFailure } from "../domain/saveFailure";
import type { QuarantineEntry } from "../domain/syncStatus";
import type {
  HistoryOutcome,
  HistoryState,
  Identity,
  OutlineRow,
  Rebuilt,
  RecordView,
  RosterPage,
  Today,
  WaitingRow,
} from "../ports/notebook";
import type { RecordSync } from "../ports/recordSync";
import type { ReviewPage } from "../ports/review";
import { BackupJoining } from "./backup/backupJoining";
import type { LedgerClient } from "./backup/entriesOf";
import { BinAge } from "./binAge";
import type { Clock } from "./clock";
import type { Editing } from "./editing";
import { emptyBin } from "./emptyBin";
import { holdNote, type ReadOnly } from "./heldNote";
import type { RecordHistory } from "./history/recordHistory";
import { createKnownRecords, type KnownRecords } from "./knownRecords";
import type { LedgerKeeper } from "./ledgerKeeper";
import type { NotebookState } from "./notebookState";
import { shownRecord } from "./prepareEdit";
import type { RecordStore } from "./recordStore";
import { MAX_ID_LENGTH } from "./row";
import type { Listed, ListQuery, OutlineQuery, Part, Roster } from "./roster";
import { recordSync } from "./recordSync";
import { review } from "./review";
import type { RosterKeeper } from "./rosterKeeper";
import type { ShippedRecords } from "./shipped";
import type { SyncStore } from "./syncStore";
import { canTakeServers, takeServers } from "./takeServers";
import { listThisComputer } from "./thisComputer";
import { today } from "./today";
import { waitingList, waitingRow } from "./waitingList";
import type { Saved, WriteDoor } from "./writeDoor";

export interface NotebookParts {
  readonly door: WriteDoor;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly state: NotebookState;
  readonly keeper: RosterKeeper;
  readonly ledgerKeeper: LedgerKeeper;
  readonly editing: Editing;
  readonly recordHistory: RecordHistory;
  readonly shipped: ShippedRecords;
  readonly clock: Clock;
  readonly syncStore: SyncStore;
  /** What opening it came to; final once it is open. */
  readonly opened: { readonly replayed: number; readonly rebuilt: Rebuilt | null };
}

/** An open notebook: what the page may ask for, over the door and the roster. */
export class Notebook {
  private readonly parts: NotebookParts;
  private readonly binAge: BinAge;

  constructor(parts: NotebookParts) {
    this.parts = parts;
    const { roster, store, door } = parts;
    this.binAge = new BinAge({
      roster,
      store,
      waiting: door.waiting,
      keep: (states) => {
        door.store(states);
      },
    });
  }

  /** Entries that the store had not got when the notebook was opened. */
  get replayed(): number {
    return this.parts.opened.replayed;
  }

  /** What came back if the store was made anew at this opening. */
  get rebuilt(): Rebuilt | null {
    return this.parts.opened.rebuilt;
  }

  /** Names of shipped files that cannot be read. */
  get damagedFiles(): readonly string[] {
    return this.parts.shipped.damagedFiles;
  }

  get identity(): Identity | null {
    return this.parts.state.identity;
  }

  get syncStore(): SyncStore {
    return this.parts.syncStore;
  }

  /** What is known here, for comparing it with the server. */
  get known(): KnownRecords {
    return createKnownRecords(this.parts);
  }

  /** Writes the author's record and who this computer is, both or neither. Once begun it answers what is there. */
  async begin(name: string): Promise<Result<Identity, SaveFailure>> {
    const { door, state } = this.parts;
    const saved = await door.save(async (turn) => {
      if (state.identity) return success(null);
      const identity: Identity = { author: `author:${newId()}`, name, device: newDevice() };
      const author = applyEdit(
        undefined,
        {
          kind: "create",
          id: identity.author,
          type: "author",
          visibility: "project",
          changes: [
            { op: "set", field: "name", value: name },
            { op: "putItem", field: "devices", item: { id: identity.device, number: nextDeviceNumber([]) } },
          ],
        },
        { now: this.now(), by: { author: identity.author, device: identity.device } },
      );
      if (!author.ok) return author;
      return turn.commit([
        { kind: "put", content: { kind: "known", record: author.value }, gone: false },
        { kind: "identity", identity },
      ]);
    });
    if (!saved.ok) return saved;
    return state.identity
      ? success(state.identity)
      : failure({ kind: "store-failed", detail: "no identity after beginning" });
  }

  /** Sees to it that this computer has its place in its author's record. */
  listThisComputer(): Promise<Saved> {
    return listThisComputer(this.parts);
  }

  list(query: ListQuery): Promise<RosterPage> {
    return this.parts.roster.list(query);
  }

  bin(query: Part & { readonly filter: string }): Promise<RosterPage> {
    return this.parts.roster.bin(query);
  }

  /** Erases what is in the bin; without ids all of it. */
  emptyBin(ids: readonly RecordId[] | null): Promise<Result<{ readonly erased: number }, SaveFailure>> {
    const { editing } = this.parts;
    return emptyBin(this.parts, ids, (erased) => {
      editing.forget(erased);
    });
  }

  /** Erases what has been in the bin for 90 days by the server's clock, which says `serverTime` (ms since 1970). */
  async ageBin(serverTime: number): Promise<void> {
    const over = await this.binAge.look(serverTime);
    if (over.length > 0) await this.emptyBin(over);
  }

  ids(listed: Listed): Promise<readonly RecordId[]> {
    return this.parts.roster.ids(listed);
  }

  place({ id, ...listed }: Listed & { readonly id: string }): Promise<number | null> {
    return this.parts.roster.place(listed, id);
  }

  outline(query: OutlineQuery & Part): { readonly total: number; readonly rows: readonly OutlineRow[] } {
    return this.parts.roster.outline(query);
  }

  outlinePlace({ id, ...query }: OutlineQuery & { readonly id: string }): number | null {
    return this.parts.roster.outlinePlace(query, id);
  }

  /** `now` in milliseconds since the epoch. */
  today(now: number): Promise<Today> {
    return today(this.parts, now);
  }

  /** What the server has not got and why. */
  waiting(
    { offset, limit }: Part,
    isConnected: boolean,
  ): { readonly total: number; readonly rows: readonly WaitingRow[] } {
    const { roster } = this.parts;
    const waiting = waitingList(this.parts, isConnected);
    return { total: waiting.length, rows: waiting.slice(offset, offset + limit).map((one) => waitingRow(roster, one)) };
  }

  rows(ids: readonly string[]): readonly (RosterRow | null)[] {
    return ids.map((id) => this.parts.roster.row(id));
  }

  /** The record as it stands with everything saved; null if there is none or this version cannot show it. */
  async read(id: string): Promise<RecordView | null> {
    const { store, roster, shipped } = this.parts;
    const stored = roster.knows(id) ? (await store.load([id])).get(id) : undefined;
    const base = shipped.records.get(id) ?? null;
    const row = roster.row(id);
    const record = stored ? shownRecord(stored, base ?? undefined) : base;
    if (!row || !record) return null;
    const changed = base
      ? changedFields(base, record as ShippedRecord)
      : stored?.content.kind === "overlay"
        ? Object.keys(stored.content.record.data)
        : [];
    return {
      record,
      row,
      shipped: base !== null && changed.length === 0 && !row.bin,
      base,
      changed,
      onServer: stored !== undefined && stored.rev !== "" && !stored.gone,
      names: roster.linksOf(id),
    };
  }

  /** Double edits that nobody has decided on, of all records or of one. */
  review(asked: Part & { readonly id?: string | undefined }): Promise<ReviewPage> {
    return review(this.parts, asked);
  }

  /** Applies an edit to whatever the record is by now. An edit without effect writes nothing. */
  edit(edit: Edit): Promise<Saved> {
    return this.parts.editing.edit([edit]);
  }

  /** Applies all edits or none. */
  editMany(edits: readonly Edit[]): Promise<Saved> {
    return this.parts.editing.edit(edits);
  }

  undo(): Promise<Result<HistoryOutcome | null, SaveFailure>> {
    return this.parts.editing.step("undo");
  }

  redo(): Promise<Result<HistoryOutcome | null, SaveFailure>> {
    return this.parts.editing.step("redo");
  }

  history(): HistoryState {
    return this.parts.editing.history();
  }

  /** The way to join a backup with this notebook; `ledger` answers for both. */
  joining(ledger: LedgerClient): BackupJoining {
    return new BackupJoining({ ...this.parts, ledger });
  }

  /** What was changed in a record and its note, by whom, and the way back to any of it. */
  get versions(): RecordHistory {
    return this.parts.recordHistory;
  }

  /** Opens the note about a record for one editor. */
  openNote(about: RecordId): Promise<{ readonly state: Uint8Array }> {
    return this.parts.door.run(async (turn) => {
      const held = await holdNote(this.parts.door, noteIdOf(about), turn);
      if (!held.ok) return { state: EMPTY_UPDATE };
      held.value.opened += 1;
      return { state: held.value.state() };
    });
  }

  /** Keeps what was typed: in the ledger at once, in the record later. */
  updateNote(about: RecordId, update: Uint8Array): Promise<Saved> {
    const { door, state } = this.parts;
    const note = noteIdOf(about);
    return door.save(async (turn) => {
      const { identity } = state;
      if (!identity || note.length > MAX_ID_LENGTH) return readOnly(note);
      const held = await holdNote(door, note, turn);
      if (!held.ok) return held;
      try {
        const refusal = held.value.refusalOf(update);
        if (refusal === "too-large") return failure({ kind: "too-large", field: "markdown", limit: MAX_NOTE_TEXT });
        if (refusal === "unreadable")
          return failure({ kind: "invalid", field: "state", detail: "no update of a note" });
        const by = { author: identity.author, device: identity.device };
        const { visibility } = held.value;
        return await turn.commit([{ kind: "noteUpdate", note, update, at: this.now(), by, visibility }], new Map());
      } finally {
        door.notes.release(note);
      }
    });
  }

  closeNote(about: RecordId): Promise<void> {
    const { door } = this.parts;
    const note = noteIdOf(about);
    return door.run(async (turn) => {
      const buffer = door.notes.get(note);
      if (!buffer) return;
      buffer.opened = Math.max(0, buffer.opened - 1);
      await turn.fold([note]);
      door.notes.release(note);
    });
  }

  /** Where a record is; with `since` also since when, which takes a moment. */
  recordSync(id: RecordId, since: boolean, signal?: AbortSignal): Promise<RecordSync | null> {
    return recordSync(this.parts, id, since, signal);
  }

  /** Gives up what was changed here in a record that the server does not take. */
  takeServers(id: string): Promise<Saved> {
    return takeServers(this.parts, id);
  }

  canTakeServers(id: string): Promise<boolean> {
    return canTakeServers(this.parts, id);
  }

  /** Leaves as it is what was set aside; `not-found` where it is no longer. */
  keepAside(id: string, direction: QuarantineEntry["direction"]): Promise<Saved> {
    const entry = this.quarantine().find((each) => each.id === id && each.direction === direction);
    if (!entry) return Promise.resolve(failure({ kind: "not-found", id }));
    return this.parts.syncStore.setAside([{ ...entry, kept: true }]);
  }

  quarantine(): readonly QuarantineEntry[] {
    return this.parts.state.quarantine.list();
  }

  /** Gives the ledger a snapshot now instead of at the next occasion; resolves when it is there or could not be. */
  keepLedger(): Promise<void> {
    return this.parts.ledgerKeeper.write();
  }

  /** Folds what was typed and stores it all; what cannot be stored now is in the ledger and replayed. */
  async flush(): Promise<void> {
    const { door, keeper, store } = this.parts;
    await door.run((turn) => turn.fold(door.notes.unfolded()));
    await keeper.flush();
    await store.settled();
  }

  async close(): Promise<void> {
    await this.parts.ledgerKeeper.dispose();
    await this.flush();
    this.parts.keeper.dispose();
    this.parts.door.dispose();
    await this.parts.store.close();
  }

  private now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }
}

/** The Yjs update that holds nothing. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);

function readOnly(id: string): { readonly ok: false; readonly failure: ReadOnly } {
  return failure({ kind: "read-only", id });
}
