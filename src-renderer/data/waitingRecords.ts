import { isWaiting, sideOrderOf, type StoredRecord } from "./storedRecord";

/** Ids of the records that the server has not got, newest first. Kept in memory; private ones are not among them. */
export class WaitingRecords {
  private readonly orders = new Map<string, number>();
  /** Changed, but private: kept from the server. */
  private readonly kept = new Map<string, number>();
  private sorted: readonly string[] | undefined;

  /** From the store at start. */
  start(waiting: readonly { readonly id: string; readonly order: number }[]): void {
    for (const { id, order } of waiting) this.orders.set(id, order);
    this.sorted = undefined;
  }

  startHeld(held: readonly { readonly id: string; readonly order: number }[]): void {
    for (const { id, order } of held) this.kept.set(id, order);
  }

  /** Learns what became of a record; whether it began to wait or waits with a new content. */
  update(record: StoredRecord): boolean {
    if (record.dirty && !isWaiting(record)) this.kept.set(record.id, sideOrderOf(record.content));
    else this.kept.delete(record.id);
    if (isWaiting(record)) {
      this.orders.set(record.id, sideOrderOf(record.content));
      this.sorted = undefined;
      return true;
    }
    if (this.orders.delete(record.id)) this.sorted = undefined;
    return false;
  }

  /** The record was erased. */
  forget(id: string): void {
    if (this.orders.delete(id)) this.sorted = undefined;
    this.kept.delete(id);
  }

  entries(): readonly { readonly id: string; readonly order: number }[] {
    return [...this.orders].map(([id, order]) => ({ id, order }));
  }

  held(): readonly { readonly id: string; readonly order: number }[] {
    return [...this.kept].map(([id, order]) => ({ id, order }));
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
