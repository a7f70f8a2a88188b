import { isToWithdraw, isWaiting, isWithdrawable, sideOrderOf, type StoredRecord } from "./storedRecord";

/** Ids of the records that the server has not got, newest first. Kept in memory; private ones are not among them. */
export class WaitingRecords {
  private readonly orders = new Map<string, number>();
  /** Changed, but private: kept from the server. */
  private readonly kept = new Map<string, number>();
  /** Of these, what the server has not deleted yet: its revision. */
  private readonly toWithdraw = new Map<string, string>();
  private sorted: readonly string[] | undefined;

  /** From the store at start. */
  start(waiting: readonly { readonly id: string; readonly order: number }[]): void {
    for (const { id, order } of waiting) this.orders.set(id, order);
    this.sorted = undefined;
  }

  startHeld(held: readonly { readonly id: string; readonly order: number; readonly rev: string }[]): void {
    for (const { id, order, rev } of held) {
      this.kept.set(id, order);
      if (isWithdrawable(id, rev)) this.toWithdraw.set(id, rev);
    }
  }

  /** Learns what became of a record; whether the server is to hear of it: it waits, or is to be deleted there. */
  update(record: StoredRecord): boolean {
    const isWithdrawn = isToWithdraw(record);
    if (isWithdrawn) this.toWithdraw.set(record.id, record.rev);
    else this.toWithdraw.delete(record.id);
    if (record.dirty && !isWaiting(record)) this.kept.set(record.id, sideOrderOf(record.content));
    else this.kept.delete(record.id);
    if (isWaiting(record)) {
      this.orders.set(record.id, sideOrderOf(record.content));
      this.sorted = undefined;
      return true;
    }
    if (this.orders.delete(record.id)) this.sorted = undefined;
    return isWithdrawn;
  }

  /** The record was erased. */
  forget(id: string): void {
    if (this.orders.delete(id)) this.sorted = undefined;
    this.kept.delete(id);
    this.toWithdraw.delete(id);
  }

  entries(): readonly { readonly id: string; readonly order: number }[] {
    return [...this.orders].map(([id, order]) => ({ id, order }));
  }

  held(): readonly { readonly id: string; readonly order: number }[] {
    return [...this.kept].map(([id, order]) => ({ id, order }));
  }

  /** Private, and to be deleted on the server, with the revision that this computer knows there. */
  withdrawals(): readonly { readonly id: string; readonly rev: string }[] {
    return [...this.toWithdraw].map(([id, rev]) => ({ id, rev }));
  }

  isWithdrawn(id: string): boolean {
    return this.toWithdraw.has(id);
  }

  get withdrawn(): number {
    return this.toWithdraw.size;
  }

  has(id: string): boolean {
    return this.orders.has(id);
  }

  get size(): number {
    return this.orders.size;
  }

  ids(): readonly string[] {
    this.sorted ??= [...this.orders].sort((a, b) => a[1] - b[1]).map(([id]) => id);
    return this.sorted;
  }
}
