import type { LedgerPage, LedgerContract } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import type { Result } from "../shared/result";
import type { Handlers } from "../shared/rpc";

/** What every ledger keeps: entries in the order appended, each known by the position right after it. */
export interface Ledger {
  /** Keeps all entries or none; answers once they are on the disk, with the position after the last one. */
  append(entries: readonly string[]): Promise<Result<{ readonly position: number }, LedgerFailure>>;
  /** Whole entries after `from`, about `bytes` of them, at least one where there is one. */
  read(from: number, bytes?: number): Promise<Result<LedgerPage, LedgerFailure>>;
  end(): Promise<Result<{ readonly position: number }, LedgerFailure>>;
  /** Waits for the appends under way and lets go of the file; later appends are refused. */
  close(): Promise<void>;
}

export const defaultPageBytes = 1024 * 1024;

export function ledgerHandlers(ledger: Ledger): Handlers<LedgerContract> {
  return {
    append: ({ entries }) => ledger.append(entries),
    read: ({ from, bytes }) => ledger.read(from, bytes),
    end: () => ledger.end(),
  };
}
