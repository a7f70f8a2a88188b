import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { Result } from "../../src-main/shared/result";
import { edit } from "../domain/edit";
import { recordTypes, type AuthorId } from "../domain/ids";
import type { AnyRecord } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import type { SaveFailure } from "../domain/saveFailure";
import type { QuarantineEntry, SyncStatus } from "../domain/syncStatus";

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
    }
  | { readonly kind: "failed"; readonly failure: SaveFailure };

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
}

const recordId = z.templateLiteral([z.enum(recordTypes), ":", z.string().min(1)]);
const bytes = z.instanceof(Uint8Array);

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
        type: z.enum(["organisation", "contact", "meeting", "author"]),
        filter: z.string().max(500).default(""),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(100),
        /** Only records that name this one (meetings of an organisation, contacts at it, meetings of a contact). */
        linkedTo: recordId.optional(),
      }),
      result: returns<RosterPage>(),
    },
    /** Rows of the given ids, in the order asked; null where there is none. Deleted ones are there with `bin`. */
    rows: { args: z.object({ ids: z.array(recordId).max(1000) }), result: returns<readonly (RosterRow | null)[]>() },
    read: { args: z.object({ id: recordId }), result: returns<RecordView | null>() },
    /** Applies an edit; answers once it is in the ledger and fsynced. */
    edit: { args: z.object({ edit }), result: returns<Result<null, SaveFailure>>() },
    /** Readings of a Chinese name or word: the proposed one first (tone marks, syllables spaced), then the others. */
    readings: {
      args: z.object({ text: z.string().max(1000), kind: z.enum(["name", "text"]) }),
      result: returns<readonly string[]>(),
    },
    /** The note about a record as a Yjs update (empty for a new one); from now on `noteChanged` tells of it. */
    openNote: { args: z.object({ about: recordId }), result: returns<{ readonly state: Uint8Array }>() },
    /** Keeps an increment of the note; answers once it is in the ledger and fsynced. */
    updateNote: { args: z.object({ about: recordId, update: bytes }), result: returns<Result<null, SaveFailure>>() },
    closeNote: { args: z.object({ about: recordId }), result: returns<null>() },
    /** Folds what is open and stores snapshots; asked before the window closes. */
    flush: { args: z.object({}), result: returns<null>() },
    syncStatus: { args: z.object({}), result: returns<SyncStatus>() },
    /** Starts an exchange now instead of at the next occasion. */
    syncNow: { args: z.object({}), result: returns<null>() },
    quarantine: { args: z.object({}), result: returns<readonly QuarantineEntry[]>() },
  },
  events: {
    /** Records that changed, in batches; `origin` tells a person's own edits from what came by sync. */
    changed: z.object({
      records: z.array(z.object({ id: z.string(), type: z.string(), origin: z.enum(["local", "remote"]) })),
    }),
    noteChanged: z.object({ about: recordId, update: bytes }),
    syncStatus: z.object({ status: z.custom<SyncStatus>() }),
    /** The store or the ledger fails or works again; shown as a banner. */
    trouble: z.object({ failure: z.custom<SaveFailure | null>() }),
  },
} as const;
export type NotebookContract = typeof notebookContract;
