import type { Ledger } from "../../src-main/ledger/ledger";
import { defaultPageBytes } from "../../src-main/ledger/ledger";
import type { LedgerPage } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";

/** A ledger in memory that passes the contract suite of the one on disk, for tests of what stands on it. */
export class MemoryLedger implements Ledger {
  readonly #entries: { readonly entry: string; readonly position: number }[] = [];
  #refusal: LedgerFailure | null = null;
  #closed = false;

  /** From now on appends fail like this; null lets them work again. */
  refuseAppends(refusal: LedgerFailure | null): void {
    this.#refusal = refusal;
  }

  async append(entries: readonly string[]): Promise<Result<{ readonly position: number }, LedgerFailure>> {
    await Promise.resolve();
    if (this.#closed) return failure({ kind: "ledger-unavailable", detail: "closed" });
    if (this.#refusal) return failure(this.#refusal);
    for (const entry of entries) this.#entries.push({ entry, position: this.#end() + 1 + Buffer.byteLength(entry) });
    return success({ position: this.#end() });
  }

  async read(from: number, bytes = defaultPageBytes): Promise<Result<LedgerPage, LedgerFailure>> {
    await Promise.resolve();
    const end = this.#end();
    if (from > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
    const rest = this.#entries.filter(({ position }) => position > from);
    const fitting = rest.findIndex(({ position }) => position - from >= bytes);
    const page = fitting === -1 ? rest : rest.slice(0, fitting + 1);
    const last = page.at(-1)?.position ?? end;
    return success({ entries: page, next: last < end ? last : null });
  }

  async end(): Promise<Result<{ readonly position: number }, LedgerFailure>> {
    await Promise.resolve();
    return success({ position: this.#end() });
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#closed = true;
  }

  #end(): number {
    return this.#entries.at(-1)?.position ?? 0;
  }
}
