import { z } from "zod";
import type { LedgerFailure } from "./ledgerFailure";
import { returns } from "./rpc";
import type { Result } from "./result";

/**
 * The write-ahead ledger in the main process, as the notebook worker sees it. Entries are opaque strings to main; a
 * position is the place right after an entry and only grows. It counts bytes of the entries' texts and one each, not of
 * any file, so sealing, packing and dropping old files do not change it. `append` answers after fsync: only then may anything be
 * shown as saved.
 */
export interface LedgerPage {
  readonly entries: readonly { readonly entry: string; readonly position: number }[];
  /** Where to read on; null at the end. A page that was asked for with `containing` may be empty and still go on. */
  readonly next: number | null;
}

/** From a position to a later one. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a ledger stands. */
export interface LedgerStart {
  /** A uuid; another ledger's positions mean nothing here. */
  readonly ledger: string;
  /** The position before the oldest entry that is still kept; 0 unless history older than 90 days was dropped. */
  readonly begin: number;
  readonly end: number;
  /** Positions of the kept snapshots, ascending. Each holds everything up to its position; the last one is the newest. */
  readonly snapshots: readonly number[];
  /**
   * Stretches that a store made anew would lack, as far as can be told without reading all: a store that still has what
   * they held gives it back by a snapshot. A snapshot at or behind its end heals a gap.
   */
  readonly gaps: readonly Stretch[];
  /**
   * The notebook was copied here from another folder or computer, or restored from a backup: this computer must take a
   * device id of its own, append it, and say so by `placeTaken`.
   */
  readonly copied: boolean;
}

export interface SnapshotPage {
  readonly entries: readonly string[];
  /** What to ask for next; null at the end. */
  readonly next: number | null;
}

/** The notebook's own ledger, or the backup that main has opened for being restored (read only). */
const of = z.enum(["notebook", "backup"]).default("notebook");
const position = z.number().int().min(0);

export const ledgerContract = {
  requests: {
    start: { args: z.object({ of }), result: returns<Result<LedgerStart, LedgerFailure>>() },
    /** Appends all entries or none, fsyncs, and answers the position after the last. */
    append: {
      args: z.object({ entries: z.array(z.string()).min(1) }),
      result: returns<Result<{ readonly position: number }, LedgerFailure>>(),
    },
    /**
     * Reads whole entries that lie after `from` (0 = all), at most about `bytes` of the ledger (1 MiB unless told); with
     * `containing` only those in whose text at least one of the strings occurs.
     */
    read: {
      args: z.object({
        of,
        from: position,
        bytes: z.number().int().positive().optional(),
        containing: z.array(z.string().min(1)).min(1).max(50).optional(),
      }),
      result: returns<Result<LedgerPage, LedgerFailure>>(),
    },
    /**
     * Reads, slowly and in the background, all that a store would be made anew from, and answers what is damaged or
     * missing of it, like `gaps`. Takes as long as it takes.
     */
    check: { args: z.object({}), result: returns<Result<{ readonly gaps: readonly Stretch[] }, LedgerFailure>>() },
    /** The position after the last entry. */
    end: { args: z.object({}), result: returns<Result<{ readonly position: number }, LedgerFailure>>() },
    /** A part of the snapshot at a position; `from` 0 is its beginning, later ones are what `next` said. */
    readSnapshot: {
      args: z.object({
        of,
        position,
        from: position,
        containing: z.array(z.string().min(1)).min(1).max(50).optional(),
      }),
      result: returns<Result<SnapshotPage, LedgerFailure>>(),
    },
    /** Begins a snapshot of everything up to a position of the ledger; one that was begun before is thrown away. */
    beginSnapshot: { args: z.object({ position }), result: returns<Result<null, LedgerFailure>>() },
    addToSnapshot: {
      args: z.object({ entries: z.array(z.string()).min(1) }),
      result: returns<Result<null, LedgerFailure>>(),
    },
    /** The snapshot counts from here on, crash-safe; main then packs and drops old files by itself. */
    endSnapshot: { args: z.object({}), result: returns<Result<null, LedgerFailure>>() },
    /** Throws away a snapshot that was begun. */
    abandonSnapshot: { args: z.object({}), result: returns<null>() },
    /** The key of the store, 32 bytes. The worker keeps it only as a CryptoKey that cannot be read out. */
    storeKey: { args: z.object({}), result: returns<Uint8Array>() },
    /** The device id after `copied` is in the ledger. */
    placeTaken: { args: z.object({}), result: returns<null>() },
    /**
     * The browser's database cannot be read or written: main gives the next window an empty one in a new place, which is
     * rebuilt from the ledger. The window goes, so everything that can be flushed must be in the ledger by now.
     */
    renewStore: { args: z.object({ reason: z.string().max(500) }), result: returns<null>() },
  },
  events: {},
} as const;
export type LedgerContract = typeof ledgerContract;
