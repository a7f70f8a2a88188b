import { success, type Result } from "../../src-main/shared/result";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { MemoryLedger } from "../support/memoryLedger";

/** A ledger that tells of every entry it has taken, at the very moment at which it counts as saved. */
export class WatchedLedger extends MemoryLedger {
  readonly #onAppended: (entries: readonly string[]) => void;

  constructor(onAppended: (entries: readonly string[]) => void) {
    super();
    this.#onAppended = onAppended;
  }

  override async append(entries: readonly string[]): Promise<Result<{ readonly position: number }, LedgerFailure>> {
    const appended = await super.append(entries);
    if (!appended.ok) return appended;
    this.#onAppended(entries);
    return success(appended.value);
  }
}
