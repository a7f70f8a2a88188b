import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import type { Result } from "../../src-main/shared/result";
import type { Difference } from "../domain/differences";
import { edit } from "../domain/edit";
import { recordTypes, type AuthorId, type RecordId, type RecordType } from "../domain/ids";
import type { NoteChange, NoteVersion } from "../domain/noteVersions";
import type { AnyRecord } from "../domain/record";
import type { MeetingRow, RosterRow } from "../domain/rosterRow";
import type { SaveFailure } from "../domain/saveFailure";
import type { QuarantineEntry, SyncStatus } from "../domain/syncStatus";
import type { TextPart } from "../domain/textDiff";
import type { RecordVersion } from "../domain/versions";

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
 */
export type RebuildReason = "missing" | "unfinished" | "damaged" | "other-ledger" | "behind";
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
  /** `held`: private, or deleted elsewhere; stays on this computer. */
  readonly reason: "not-connected" | "queued" | "set-aside" | "held";
}

/**
 * What joining a backup would do with a record of it: `back`, it is not here; `joined`, it was changed apart from the one
 * here, and both are merged; `away`, it was put into the bin or removed for good since and comes back only if asked for;
 * `stays`, the one here is newer, or cannot be read by this version.
 */
export type BackupFate = "back" | "joined" | "away" | "stays";
export interface BackupRow {
  readonly id: string;
  /** The record, or for a note the one it is about; null for what this version cannot show. */
  readonly row: RosterRow | null;
  /** It is the note about the record. */
  readonly note: boolean;
  /** Of one that is `away`: where it went. */
  readonly away?: "bin" | "erased" | undefined;
}
export interface BackupPart {
  readonly total: number;
  /** Types of records, notes apart, and how many of each. */
  readonly byType: Readonly<Record<string, number>>;
  /** The first 200. */
  readonly rows: readonly BackupRow[];
}
export interface BackupPreview {
  readonly parts: Readonly<Record<BackupFate, BackupPart>>;
  /** Records that are the same here. */
  readonly same: number;
  /** Entries of the backup that a newer version wrote; they stay in it and are not joined. */
  readonly notUnderstood: number;
}
/** The backup cannot be read to its end; nothing of it is used. */
export interface BackupUnreadable {
  readonly kind: "backup-unreadable";
  readonly reason: LedgerFailure;
}
export interface BackupJoined {
  readonly added: number;
  readonly joined: number;
  readonly broughtBack: number;
}

/** A version of a record or of the note about it. */
export interface VersionRow {
  readonly key: string;
  readonly of: "record" | "note";
  readonly kind: RecordVersion["kind"] | NoteVersion["kind"];
  /** ISO instant, by the clock of whoever made it; null where nobody said. */
  readonly at: string | null;
  readonly author: AuthorId | null;
  readonly device: string | null;
  /** Made on this computer. */
  readonly here: boolean;
  /** When it came from another computer, in ms since the epoch; null for one made here, and where it is not known. */
  readonly arrivedAt: number | null;
  /** Names of the fields that changed. */
  readonly fields: readonly string[];
  /** The first few of the differences, long texts cut. */
  readonly differences: readonly Difference[];
  /** Of a note; null where the text is not known any more. */
  readonly change: NoteChange | null;
}
export interface VersionList {
  /** Newest first, in the order in which they took effect on this computer. */
  readonly versions: readonly VersionRow[];
  /** False where older history was dropped or a part of it cannot be read; `since` then says what it begins with. */
  readonly complete: boolean;
  /** ISO instant. */
  readonly since: string | null;
}
/** Whether a version can be restored: `same`, it is what is there now; `read-only`, what is there is not to be changed. */
export type Restorable = "yes" | "same" | "read-only";
export type VersionView =
  | {
      readonly kind: "record";
      /** As it was. */
      readonly record: AnyRecord;
      readonly differences: readonly Difference[];
      readonly restorable: Restorable;
    }
  | { readonly kind: "note"; readonly parts: readonly TextPart[]; readonly restorable: Restorable }
  /** `dropped`: what the text was made of is no longer kept. */
  | { readonly kind: "unreadable"; readonly reason: "newer" | "dropped" };

const recordId = z.templateLiteral([z.enum(recordTypes), ":", z.string().min(1)]);
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
    /**
     * The versions of a record and of the note about it, read from the ledger; `versionsProgress` tells how far that is.
     * Aborting the request gives it up.
     */
    versions: { args: z.object({ id: recordId }), result: returns<Result<VersionList, SaveFailure>>() },
    /** One version: what it changed, or what has changed since (`now`), the older side first. */
    version: {
      args: z.object({ id: recordId, key: z.string().max(100), against: z.enum(["before", "now"]) }),
      result: returns<Result<VersionView, SaveFailure>>(),
    },
    /**
     * Gives the record or its note the values of a version: an edit like any other and one step of Undo. A record in the
     * bin comes out of it. An `invalid` failure names the field whose value no longer fits.
     */
    restoreVersion: {
      args: z.object({ id: recordId, key: z.string().max(100) }),
      result: returns<Result<null, SaveFailure>>(),
    },
    /** The note about a record as a Yjs update (empty for a new one); from now on `noteChanged` tells of it. */
    openNote: { args: z.object({ about: recordId }), result: returns<{ readonly state: Uint8Array }>() },
    /** Keeps an increment of the note; answers once it is in the ledger and fsynced. */
    updateNote: { args: z.object({ about: recordId, update: bytes }), result: returns<Result<null, SaveFailure>>() },
    closeNote: { args: z.object({ about: recordId }), result: returns<null>() },
    /** Folds what is open and stores snapshots; asked before the window closes. */
    flush: { args: z.object({}), result: returns<null>() },
    /**
     * Compares the backup that main has opened with the notebook and changes nothing; `backupProgress` tells how far it
     * is. Aborting the request gives it up.
     */
    backupPreview: {
      args: z.object({}),
      result: returns<Result<BackupPreview, BackupUnreadable | SaveFailure>>(),
    },
    /**
     * Joins what was previewed, as one step of Undo; nothing newer is overwritten, also where the notebook has changed
     * since the preview. `bringBack`: also what is in the bin or was removed since. Notes are not part of the step.
     */
    backupJoin: {
      args: z.object({ bringBack: z.boolean() }),
      result: returns<Result<BackupJoined, SaveFailure | { readonly kind: "no-preview" }>>(),
    },
    /** Forgets the preview. */
    backupLeave: { args: z.object({}), result: returns<null>() },
    syncStatus: { args: z.object({}), result: returns<SyncStatus>() },
    /** Starts an exchange now instead of at the next occasion. */
    syncNow: { args: z.object({}), result: returns<null>() },
    quarantine: { args: z.object({}), result: returns<readonly QuarantineEntry[]>() },
    /** Tries again what was set aside: reads it from the server anew, or sends it anew. */
    retry: {
      args: z.object({ id: z.string().max(2_000), direction: z.enum(["pull", "push"]) }),
      result: returns<null>(),
    },
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
    /** How far the reading of versions is, in parts of the whole from 0 to 1. */
    versionsProgress: z.object({ id: z.string(), done: z.number() }),
    /** How far a preview is, in parts of the whole from 0 to 1. */
    backupProgress: z.object({ done: z.number() }),
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
