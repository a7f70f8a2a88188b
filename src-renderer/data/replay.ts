import type { Client } from "../../src-main/shared/rpc";
import type { LedgerContract } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";

export interface LedgerText {
  readonly text: string;
  /** Right before and right after the entry. */
  readonly from: number;
  readonly position: number;
}

/**
 * Reads the ledger from a position to its end, entry by entry. Where entries are damaged it goes on with the next whole
 * one and tells `damaged` of it: what lies behind was saved as well.
 */
export async function readLedger(
  ledger: Pick<Client<LedgerContract>, "request">,
  from: number,
  each: (entry: LedgerText) => Promise<void>,
  damaged: (failure: LedgerFailure) => void,
): Promise<Result<null, LedgerFailure>> {
  let next: number | null = from;
  let before = from;
  while (next !== null) {
    const at: number = next;
    const page = await ask(() => ledger.request("read", { from: at }));
    if (page.ok) {
      for (const { entry, position } of page.value.entries) {
        await each({ text: entry, from: before, position });
        before = position;
      }
      next = page.value.next;
    } else if (page.failure.kind === "ledger-damaged" && (page.failure.resume ?? 0) > at) {
      damaged(page.failure);
      before = next = page.failure.resume ?? at;
    } else return page;
  }
  return success(null);
}

/** A lost connection to the ledger is a failure like any other. */
export async function ask<Value>(
  request: () => Promise<Result<Value, LedgerFailure>>,
): Promise<Result<Value, LedgerFailure>> {
  try {
    return await request();
  } catch (error) {
    return failure({ kind: "ledger-unavailable", detail: error instanceof Error ? error.message : String(error) });
  }
}
