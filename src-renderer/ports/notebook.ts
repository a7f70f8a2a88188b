import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { Result } from "../../src-main/shared/result";
import { edit } from "../domain/edit";
import type { AuthorId, RecordId, RecordType } from "../domain/ids";
import type { AnyRecord } from "../domain/record";
import type { MeetingRow, RosterRow } from "../domain/rosterRow";
import type { SaveFailure } from "../domain/saveFailure";
import type { QuarantineEntry, SyncStatus } from "../domain/syncStatus";
import { backupEvents, backupRequests } from "./backup";
import { recordId } from "./recordId";
import { reviewRequests } from "./review";
import { recordSyncRequests } from "./recordSync";
import { setAsideRequests } from "./setAside";
import { verificationEvents, verificationRequests } from "./verification";
import { versionEvents, versionRequests } from "./versions";

/** The page's one way to the data: requests to the notebook worker and events from it. */

export interface Identity {
  readonly author: AuthorId;
  readonly name: string;
  readonly device: string;
}

export type OpenState =
  | {
      readonly kind: "open";
      readonly identity: Identity | null;
      /** Entries replayed from the ledger because the store had not got them. */
      readonly replayed: number;
      /** Names of shipped files that cannot be read; the notebook works without them. */
      readonly damagedFiles: readonly string[];
      /** The browser's database was made anew from the ledger; null if it was there. */
      readonly rebuilt: Rebuilt | null;
      /** It is still being made: lists fill, `rebuilding` tells how far it is, `rebuilt` of the end; edits wait for it. */
      readonly isRebuilding: boolean;
    }
  | { readonly kind: "failed"; readonly failure: SaveFailure };

/**
 * Why the store was made anew. `missing`: there was none. `unfinished`: making it anew was interrupted. `damaged`: it
 * could not be read. `other-ledger`, `behind`: it was not that of this ledger, or older than what the ledger still has.
 * `upgraded`: this version reads entries that the one before could not.
 */
export type RebuildReason = "missing" | "unfinished" | "damaged" | "other-ledger" | "behind" | "upgraded";
export interface Rebuilt {
  readonly reason: RebuildReason;
  /** What is there now, notes apart. */
  readonly records: number;
  readonly notes: number;
  /** Stretches of the ledger, in bytes of it, that could not be read: what they held is missing. */
  readonly damaged: readonly { readonly from: number; readonly to: number }[];
}

export interface RosterPage {
  /** All that match, not only those of this page. */
  readonly total: number;
  readonly rows: readonly RosterRow[];
}

export interface RecordView {
  readonly record: AnyRecord;
  readonly row: RosterRow;
  /** Shipped with the app and not changed here. */
  readonly shipped: boolean;
  /** The record as it ships; null for one that was made here, or is no longer shipped. */
  readonly base: AnyRecord | null;
  /** Fields in which the record differs from `base`. */
  readonly changed: readonly string[];
  /** The server has it, as of now or earlier; of a private record, that it is still to be deleted there. */
  readonly onServer: boolean;
  /** The records that it names. */
  readonly names: readonly RecordId[];
}

/** A record at its place below its superior. */
export interface OutlineRow {
  readonly row: RosterRow;
  /** 0 for a record without a superior, or whose superior is not there (hidden, deleted, not known). */
  readonly depth: number;
  /** Records below it, at any depth, shown or not. */
  readonly below: number;
}

/** What Undo or Redo would do. `ids`: the records, at most ten of the `count`. */
export interface HistoryStep {
  readonly kind: "create" | "change" | "delete" | "restore" | "return" | "join";
  readonly type: RecordType;
  readonly ids: readonly RecordId[];
  readonly count: number;
}
/** null where there is nothing to undo or redo. */
export interface HistoryState {
  readonly undo: HistoryStep | null;
  readonly redo: HistoryStep | null;
}
export interface HistoryOutcome {
  readonly step: HistoryStep;
  /** Values left as they are because they were changed on another computer since. */
  readonly left: number;
}

/** A record that came from another computer or was changed there. */
export interface Arrival {
  readonly row: RosterRow;
  /** When it arrived, milliseconds since the epoch by this computer's clock. */
  readonly at: number;
  readonly by: AuthorId;
  /** The note about the record changed. */
  readonly note: boolean;
}
export interface Today {
  /** Meetings not over yet, the next one first; the first few of `nextTotal`. */
  readonly next: readonly MeetingRow[];
  readonly nextTotal: number;
  /** Meetings that are over, the latest first. */
  readonly last: readonly MeetingRow[];
  /** What arrived since yesterday 00:00 in China, newest first. */
  readonly arrived: readonly Arrival[];
  readonly arrivedTotal: number;
  /** Not yet on the server, newest first. */
  readonly waiting: readonly RosterRow[];
  readonly waitingTotal: number;
}

export interface WaitingRow {
  /** The record; for a note the record it is about. Null for one that cannot be shown. */
  readonly row: RosterRow | null;
  readonly id: string;
  /** It is the note about the record that waits. */
  readonly note: boolean;
  /**
   * `private`, `gone` (deleted elsewhere): stays on this computer. `to-withdraw`: became private and is still to be
   * deleted on the server.
   */
  readonly reason: "not-connected" | "queued" | "set-aside" | "private" | "to-withdraw" | "gone";
}

const bytes = z.instanceof(Uint8Array);
const filterText = z.string().max(500).default("");
/** What is listed. */
const listed = {
  type: z.enum(["organisation", "contact", "meeting", "term", "area", "author"]),
  filter: filterText,
  /** Only records that name this one (meetings of an organisation, contacts at it, terms of an area). */
  linkedTo: recordId.optional(),
};
/** Which part of it. */
const window = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(100),
};

export const notebookContract = {
  requests: {
    /** Waits until the store is open and the ledger's tail is replayed. */
    open: { args: z.object({}), result: returns<OpenState>() },
    /** First run: writes the author's record and this computer's identity. */
    begin: {
      args: z.object({ name: z.string().trim().min(1).max(200) }),
      result: returns<Result<Identity, SaveFailure>>(),
    },
    /**
     * A window of the list of one type. Without a filter: organisations by level and name, contacts by name, meetings
     * newest first; with one, best match first. At most 200 rows at a time.
     */
    list: {
      args: z.object({
        ...listed,
        ...window,
      }),
      result: returns<RosterPage>(),
    },
    /** Ids of all that `list` would show, in its order: what Ctrl/Cmd+A selects. */
    ids: { args: z.object(listed), result: returns<readonly RecordId[]>() },
    /** Where a record stands in `list`, from 0; null if it is not in it. */
    place: { args: z.object({ ...listed, id: recordId }), result: returns<number | null>() },
    /**
     * A window of a tree, superior before subordinates: organisations by level and name, areas in the order of the
     * shipped list, then by name. Below the `collapsed` ones nothing is shown. A circle is cut open at one of its
     * records, so that every record has one place.
     */
    outline: {
      args: z.object({ type: z.enum(["organisation", "area"]), collapsed: z.array(recordId).max(20_000), ...window }),
      result: returns<{ readonly total: number; readonly rows: readonly OutlineRow[] }>(),
    },
    /** Where a record stands in `outline`, from 0; null if it is not shown there. */
    outlinePlace: {
      args: z.object({
        type: z.enum(["organisation", "area"]),
        collapsed: z.array(recordId).max(20_000),
        id: recordId,
      }),
      result: returns<number | null>(),
    },
    /** A window of the bin, all types together, last deleted first; with a filter, best match first. */
    bin: { args: z.object({ filter: filterText, ...window }), result: returns<RosterPage>() },
    /**
     * Removes records for good, with their notes, here and on the server; only those in the bin. Without ids all of them.
     * A shipped record stays hidden instead. Answers how many are gone.
     */
    emptyBin: {
      args: z.object({ ids: z.array(recordId).max(50_000).nullable() }),
      result: returns<Result<{ readonly erased: number }, SaveFailure>>(),
    },
    today: {
      /** `now`: milliseconds since the epoch. */
      args: z.object({ now: z.number() }),
      result: returns<Today>(),
    },
    /** What the server has not got and why, newest first, and how much in all. */
    waiting: {
      args: z.object(window),
      result: returns<{ readonly total: number; readonly rows: readonly WaitingRow[] }>(),
    },
    /** Rows of the given ids, in the order asked; null where there is none. Deleted ones are there with `bin`. */
    rows: { args: z.object({ ids: z.array(recordId).max(1000) }), result: returns<readonly (RosterRow | null)[]>() },
    read: { args: z.object({ id: recordId }), result: returns<RecordView | null>() },
    /** Applies an edit; answers once it is in the ledger and fsynced. */
    edit: { args: z.object({ edit }), result: returns<Result<null, SaveFailure>>() },
    /** Applies all edits or none, as one step of Undo; answers once they are in the ledger and fsynced. */
    editMany: {
      args: z.object({ edits: z.array(edit).min(1).max(50_000) }),
      result: returns<Result<null, SaveFailure>>(),
    },
    /**
     * Takes back the last edit made in this run on this computer, on whatever record, or (`redo`) the last one taken back.
     * What was changed on another computer since stays as it is. Null if there is nothing.
     */
    undo: { args: z.object({}), result: returns<Result<HistoryOutcome | null, SaveFailure>>() },
    redo: { args: z.object({}), result: returns<Result<HistoryOutcome | null, SaveFailure>>() },
    history: { args: z.object({}), result: returns<HistoryState>() },
    /** Readings of a Chinese name or word: the proposed one first (tone marks, syllables spaced), then the others. */
    readings: {
      args: z.object({ text: z.string().max(1000), kind: z.enum(["name", "text"]) }),
      result: returns<readonly string[]>(),
    },
    ...versionRequests,
    /** The note about a record as a Yjs update (empty for a new one); from now on `noteChanged` tells of it. */
    openNote: { args: z.object({ about: recordId }), result: returns<{ readonly state: Uint8Array }>() },
    /** Keeps an increment of the note; answers once it is in the ledger and fsynced. */
    updateNote: { args: z.object({ about: recordId, update: bytes }), result: returns<Result<null, SaveFailure>>() },
    closeNote: { args: z.object({ about: recordId }), result: returns<null>() },
    /** Folds what is open and stores snapshots; asked before the window closes. */
    flush: { args: z.object({}), result: returns<null>() },
    ...backupRequests,
    syncStatus: { args: z.object({}), result: returns<SyncStatus>() },
    /** Starts an exchange now instead of at the next occasion. */
    syncNow: { args: z.object({}), result: returns<null>() },
    quarantine: { args: z.object({}), result: returns<readonly QuarantineEntry[]>() },
    /** Tries again what was set aside: reads it from the server anew, or sends it anew. */
    retry: {
      args: z.object({ id: z.string().max(2_000), direction: z.enum(["pull", "push"]) }),
      result: returns<null>(),
    },
    ...reviewRequests,
    ...recordSyncRequests,
    ...setAsideRequests,
    ...verificationRequests,
    /** Lines about the sync for a person who helps: times, counts, ids and errors; no names, notes, address or secrets. */
    syncLog: { args: z.object({}), result: returns<readonly string[]>() },
  },
  events: {
    /** Records that changed, in batches; `origin` tells a person's own edits from what came by sync. */
    changed: z.object({
      records: z.array(z.object({ id: z.string(), type: z.string(), origin: z.enum(["local", "remote"]) })),
    }),
    noteChanged: z.object({ about: recordId, update: bytes }),
    syncStatus: z.object({ status: z.custom<SyncStatus>() }),
    history: z.object({ state: z.custom<HistoryState>() }),
    ...versionEvents,
    ...verificationEvents,
    ...backupEvents,
    /** The quarantine changed. */
    quarantine: z.object({}),
    /** How far the store is made anew, in bytes of the ledger; about ten times a second. */
    rebuilding: z.object({ done: z.number(), total: z.number() }),
    rebuilt: z.object({ rebuilt: z.custom<Rebuilt>() }),
    /** The store or the ledger fails or works again; shown as a banner. */
    trouble: z.object({ failure: z.custom<SaveFailure | null>() }),
  },
} as const;
export type NotebookContract = typeof notebookContract;
