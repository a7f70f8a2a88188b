import { z } from "zod";
import type { LedgerFailure } from "./ledgerFailure";
import { returns } from "./rpc";
import type { Result } from "./result";

/**
 * The write-ahead ledger in the main process, as the notebook worker sees it. Entries are opaque strings to main (they
 * will be sealed); a position is the place right after an entry and only grows. `append` answers after fsync: only
 * then may anything be shown as saved.
 */
export interface LedgerPage {
  readonly entries: readonly { readonly entry: string; readonly position: number }[];
  /** Where to read on; null at the end. */
  readonly next: number | null;
}

export const ledgerContract = {
  requests: {
    /** Appends all entries or none, fsyncs, and answers the position after the last. */
    append: {
      args: z.object({ entries: z.array(z.string()).min(1) }),
      result: returns<Result<{ readonly position: number }, LedgerFailure>>(),
    },
    /** Reads whole entries that lie after `from` (0 = all), at most about `bytes` (1 MiB unless told). */
    read: {
      args: z.object({ from: z.number().int().min(0), bytes: z.number().int().positive().optional() }),
      result: returns<Result<LedgerPage, LedgerFailure>>(),
    },
    /** The position after the last entry. */
    end: { args: z.object({}), result: returns<Result<{ readonly position: number }, LedgerFailure>>() },
  },
  events: {},
} as const;
export type LedgerContract = typeof ledgerContract;
