import { defaultPageBytes, type Ledger, type LedgerState } from "../../src-main/ledger/ledger";
import type { LedgerPage, SnapshotPage, Stretch } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";

interface Kept {
  readonly entry: string;
  readonly position: number;
}

let ledgers = 0;

/** A ledger in memory that passes the contract suite of the one on disk, for tests of what stands on it. */
export class MemoryLedger implements Ledger {
  readonly ledger = `ledger-${++ledgers}`;
  readonly #snapshots = new Map<number, readonly string[]>();
  /** Parts of snapshots that are damaged, by position. */
  readonly #holes = new Map<number, number>();
  #entries: Kept[] = [];
  /** The position before the first entry. */
  #begin = 0;
  #making: { readonly position: number; readonly entries: string[] } | null = null;
  #refusal: LedgerFailure | null = null;
  #closed = false;

  /** From now on appends fail like this; null lets them work again. */
  refuseAppends(refusal: LedgerFailure | null): void {
    this.#refusal = refusal;
  }

  /** Loses the last entries, as a disk that was put back to yesterday's state. */
  cut(count: number): void {
    this.#entries.splice(this.#entries.length - count);
    for (const position of this.#snapshots.keys()) if (position > this.#end()) this.#snapshots.delete(position);
  }

  /** Drops the history that a snapshot covers, as main does once it is old. */
  dropBefore(snapshot: number): void {
    if (!this.#snapshots.has(snapshot)) throw new Error("only what a snapshot covers is dropped");
    this.#entries = this.#entries.filter(({ position }) => position > snapshot);
    this.#begin = snapshot;
  }

  /** The same entries without snapshots, as if none had ever been written. */
  withoutSnapshots(): MemoryLedger {
    const copy = new MemoryLedger();
    copy.#entries = [...this.#entries];
    copy.#begin = this.#begin;
    return copy;
  }

  /** Entry `index` of the snapshot, and what follows, cannot be read; reading does not go on behind it. */
  damageSnapshot(position: number, index: number): void {
    this.#holes.set(position, index);
  }

  async start(): Promise<Result<LedgerState, LedgerFailure>> {
    await Promise.resolve();
    const snapshots = [...this.#snapshots.keys()].sort((a, b) => a - b);
    return success({ ledger: this.ledger, begin: this.#begin, end: this.#end(), snapshots, gaps: [] });
  }

  async append(entries: readonly string[]): Promise<Result<{ readonly position: number }, LedgerFailure>> {
    await Promise.resolve();
    const refusal = this.#refusing();
    if (refusal) return refusal;
    for (const entry of entries) this.#entries.push({ entry, position: this.#end() + 1 + Buffer.byteLength(entry) });
    return success({ position: this.#end() });
  }

  async read(
    from: number,
    bytes = defaultPageBytes,
    containing?: readonly string[],
  ): Promise<Result<LedgerPage, LedgerFailure>> {
    await Promise.resolve();
    const end = this.#end();
    if (from > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
    if (from < this.#begin) return failure({ kind: "ledger-damaged", at: from, resume: this.#begin });
    const rest = this.#entries.filter(({ position }) => position > from);
    const fitting = rest.findIndex(({ position }) => position - from >= bytes);
    const page = fitting === -1 ? rest : rest.slice(0, fitting + 1);
    const last = page.at(-1)?.position ?? end;
    return success({ entries: page.filter(({ entry }) => holds(entry, containing)), next: last < end ? last : null });
  }

  async readSnapshot(
    position: number,
    from: number,
    containing?: readonly string[],
  ): Promise<Result<SnapshotPage, LedgerFailure>> {
    await Promise.resolve();
    const entries = this.#snapshots.get(position);
    const hole = this.#holes.get(position) ?? Number.POSITIVE_INFINITY;
    if (!entries || from >= hole) return failure({ kind: "ledger-damaged", at: from });
    const page = entries.slice(from, Math.min(from + 3, hole));
    const next = from + page.length;
    return success({
      entries: page.filter((entry) => holds(entry, containing)),
      next: next < entries.length ? next : null,
    });
  }

  async end(): Promise<Result<{ readonly position: number }, LedgerFailure>> {
    await Promise.resolve();
    return success({ position: this.#end() });
  }

  async check(): Promise<Result<{ readonly gaps: readonly Stretch[] }, LedgerFailure>> {
    await Promise.resolve();
    const newestFirst = [...this.#snapshots.keys()].sort((a, b) => b - a);
    const whole = newestFirst.findIndex((position) => !this.#holes.has(position));
    const damaged = whole === -1 ? newestFirst : newestFirst.slice(0, whole);
    return success({ gaps: damaged.map((to) => ({ from: 0, to })) });
  }

  async beginSnapshot(position: number): Promise<Result<null, LedgerFailure>> {
    await Promise.resolve();
    const refusal = this.#refusing();
    if (refusal) return refusal;
    this.#making = { position, entries: [] };
    return success(null);
  }

  async addToSnapshot(entries: readonly string[]): Promise<Result<null, LedgerFailure>> {
    await Promise.resolve();
    const refusal = this.#refusing();
    if (refusal) this.#making = null;
    if (refusal) return refusal;
    if (!this.#making) return failure({ kind: "ledger-unavailable", detail: "no snapshot was begun" });
    this.#making.entries.push(...entries);
    return success(null);
  }

  async endSnapshot(): Promise<Result<null, LedgerFailure>> {
    await Promise.resolve();
    if (!this.#making) return failure({ kind: "ledger-unavailable", detail: "no snapshot was begun" });
    this.#snapshots.set(this.#making.position, this.#making.entries);
    this.#making = null;
    return success(null);
  }

  async abandonSnapshot(): Promise<void> {
    await Promise.resolve();
    this.#making = null;
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#closed = true;
  }

  #end(): number {
    return this.#entries.at(-1)?.position ?? this.#begin;
  }

  #refusing(): Result<never, LedgerFailure> | null {
    if (this.#closed) return failure({ kind: "ledger-unavailable", detail: "closed" });
    return this.#refusal && failure(this.#refusal);
  }
}

function holds(entry: string, containing: readonly string[] | undefined): boolean {
  return !containing || containing.some((part) => entry.includes(part));
}
