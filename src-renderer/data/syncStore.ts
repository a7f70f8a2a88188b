import type { Result } from "../../src-main/shared/result";
import type { Content } from "../domain/record";
import type { SaveFailure } from "../domain/saveFailure";
import type { QuarantineEntry } from "../domain/syncStatus";

/** What the sync engine may do with the store. Implemented by the write door; a fake runs the same contract suite. */

/** What is stored here under one id. */
export interface LocalState {
  readonly id: string;
  readonly content: Content;
  /** The server's revision this content descends from; undefined if the server never had it. */
  readonly rev: string | undefined;
  /** Changed here since `rev`. */
  readonly dirty: boolean;
  /** The content as of `rev`, while dirty; undefined for a record the server never had. */
  readonly base: Content | undefined;
  /** Changes with every local or remote write of this id; compared to find out what happened meanwhile. */
  readonly version: string;
}

/** A record that was erased here, or became private: the server's revision of it is to be deleted. */
export interface ErasedState {
  readonly id: string;
  readonly rev: string;
  readonly version: string;
}

/** One document of a pulled page. A bare tombstone (CouchDB's own `_deleted`) has no content. */
export type Arrival =
  | { readonly kind: "document"; readonly id: string; readonly rev: string; readonly content: Content }
  | { readonly kind: "tombstone"; readonly id: string; readonly rev: string };

/** What to do with an arrival, decided by a pure function while nothing else can write. */
export type Decision =
  /** Keep what is here; it may have to learn the server's revision (`rev`) and base. */
  | { readonly kind: "keep" }
  /** Store as the server has it: clean. */
  | { readonly kind: "take"; readonly content: Content; readonly rev: string }
  /** Store a merge: dirty, with the server's content as its new base. */
  | { readonly kind: "merged"; readonly content: Content; readonly rev: string; readonly base: Content }
  /** A tombstone of another client: a local, restorable mark that is never pushed back. */
  | { readonly kind: "gone"; readonly rev: string }
  /** What was erased here stays so, what is private here is not for the server: this revision is to be deleted there. */
  | { readonly kind: "erase"; readonly rev: string };

export interface PulledPage {
  readonly arrivals: readonly Arrival[];
  /** Stored in the same write as the records. Opaque. */
  readonly checkpoint?: string;
  readonly quarantined?: readonly QuarantineEntry[];
  /** A part of the first full pull: nothing in it is news to a person. */
  readonly first?: boolean;
}

/** An accepted push: the row becomes clean unless its version has changed since. */
export interface Accepted {
  readonly id: string;
  readonly rev: string;
  readonly version: string;
  /** What was sent: the base of changes made meanwhile. Null for a deletion: the server is then as if it never had it. */
  readonly content: Content | null;
}

/** What the engine must remember about the server, one value per notebook. */
export interface ServerState {
  /** uuid from `_local/qiao`. */
  readonly serverId: string | null;
  readonly checkpoint: string | null;
  /** The highest value of this device's `_local` counter known to be on the server. */
  readonly counter: number;
  /** Everything the server had at some time has been pulled; what comes from then on is news. */
  readonly complete?: boolean | undefined;
}

export interface SyncStore {
  /** This computer's id, used in the name of its `_local` document. */
  device(): string;
  /** `address/database` the state belongs to; another one starts from nothing. */
  serverState(notebook: string): Promise<ServerState>;
  setServerState(notebook: string, state: ServerState): Promise<Result<null, SaveFailure>>;
  /**
   * The server is another one than before, re-created or restored: forget revisions and places, those of all other
   * notebooks too, and what was set aside; keep all records and mark them waiting.
   */
  forgetServer(notebook: string): Promise<Result<null, SaveFailure>>;
  /** Decides and writes a page under the write lock: one ledger entry, one `bulkWrite`, checkpoint included. */
  writePulled(
    notebook: string,
    page: PulledPage,
    decide: (arrival: Arrival, local: LocalState | undefined, erased: ErasedState | undefined) => Decision,
  ): Promise<Result<null, SaveFailure>>;
  /** Records to push, newest first, private ones and those in push quarantine left out. Typed notes are folded in. */
  waiting(limit: number): Promise<readonly LocalState[]>;
  /** Deletions to push, last erased first, those in push quarantine left out. */
  erased(limit: number): Promise<readonly ErasedState[]>;
  /** Private records of which the server still has what they were before, those in push quarantine left out. */
  withdrawals(limit: number): Promise<readonly ErasedState[]>;
  /** Records and deletions. */
  waitingCount(): number;
  /** Marks as clean what the server accepted: one ledger entry, one `bulkWrite` of side rows only. */
  accept(rows: readonly Accepted[]): Promise<Result<null, SaveFailure>>;
  quarantine(): Promise<readonly QuarantineEntry[]>;
  /** A push-quarantined record is left out of `waiting` until it is edited again or retried. */
  setAside(entries: readonly QuarantineEntry[]): Promise<Result<null, SaveFailure>>;
  release(ids: readonly string[], direction: QuarantineEntry["direction"]): Promise<Result<null, SaveFailure>>;
  /** Told whenever something new waits to be pushed. Returns the way out. */
  onWaiting(listener: () => void): () => void;
}
