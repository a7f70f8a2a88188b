import type { Client } from "../../src-main/shared/rpc";
import type { LedgerContract } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";

export type LedgerClient = Pick<Client<LedgerContract>, "request">;

export interface LedgerText {
  readonly text: string;
  /** Right before and right after the entry. */
  readonly from: number;
  readonly position: number;
}

/** A stretch that cannot be read; reading goes on at `to`. */
export interface Damage {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the ledger from a position to its end, entry by entry. Where entries are damaged it goes on with the next whole
 * one and tells `damaged` of it: what lies behind was saved as well.
 */
export async function readLedger(
  ledger: LedgerClient,
  from: number,
  each: (entry: LedgerText) => Promise<void>,
  damaged: (damage: Damage) => void,
): Promise<Result<null, LedgerFailure>> {
  let before = from;
  return readPages(
    (at) => ask(() => ledger.request("read", { from: at })),
    from,
    async ({ entries }) => {
      for (const { entry, position } of entries) {
        await each({ text: entry, from: before, position });
        before = position;
      }
    },
    (damage) => {
      damaged(damage);
      before = damage.to;
    },
  );
}

/** Reads the snapshot at a position, entry by entry; where it is damaged it goes on like `readLedger`. */
export async function readSnapshot(
  ledger: LedgerClient,
  position: number,
  each: (text: string) => Promise<void>,
  damaged: (damage: Damage) => void,
): Promise<Result<null, LedgerFailure>> {
  return readPages(
    (from) => ask(() => ledger.request("readSnapshot", { position, from })),
    0,
    async ({ entries }) => {
      for (const entry of entries) await each(entry);
    },
    damaged,
  );
}

/** The next page is on its way while one is worked at. */
async function readPages<Page extends { readonly next: number | null }>(
  read: (from: number) => Promise<Result<Page, LedgerFailure>>,
  from: number,
  each: (page: Page) => Promise<void>,
  damaged: (damage: Damage) => void,
): Promise<Result<null, LedgerFailure>> {
  let at = from;
  let coming = read(at);
  for (;;) {
    const page = await coming;
    if (page.ok) {
      const { next } = page.value;
      if (next !== null) coming = read(next);
      await each(page.value);
      if (next === null) return success(null);
      at = next;
    } else if (page.failure.kind === "ledger-damaged" && (page.failure.resume ?? 0) > at) {
      const to = page.failure.resume ?? at;
      damaged({ from: page.failure.at, to });
      at = to;
      coming = read(at);
    } else return page;
  }
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
