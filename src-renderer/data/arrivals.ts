import { chinaDay } from "../domain/chinaDay";
import { aboutOf, isIdOf, type AuthorId, type RecordId } from "../domain/ids";

/** What a pulled page brought that was news here; stated in its ledger entry. */
export interface Arrived {
  /** When, in milliseconds since the epoch by this computer's clock. */
  readonly at: number;
  readonly records: readonly { readonly id: string; readonly by: AuthorId }[];
}

/** The last time that a record, or the note about it, arrived. */
export interface ArrivalEntry {
  readonly about: RecordId;
  readonly at: number;
  readonly by: AuthorId;
  readonly note: boolean;
}

/** Arrivals that are kept by name. */
const KEPT = 300;
/** Days of which the number of all others is kept. */
const DAYS = 3;

/** What came from other computers lately. */
export class Arrivals {
  /** By record, the oldest first. */
  private readonly entries = new Map<string, ArrivalEntry>();
  /** By day in China, how many are no longer kept by name. */
  private readonly others = new Map<number, number>();

  /** From the store at start. */
  start({ entries, others }: StoredArrivals): void {
    for (const entry of entries) this.entries.set(keyOf(entry), entry);
    for (const [day, count] of others) this.others.set(day, count);
  }

  add({ at, records }: Arrived): void {
    for (const { id, by } of records) {
      const note = isIdOf("note", id);
      const entry: ArrivalEntry = { about: note ? aboutOf(id) : (id as RecordId), at, by, note };
      this.entries.delete(keyOf(entry));
      this.entries.set(keyOf(entry), entry);
    }
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= KEPT) break;
      this.entries.delete(key);
      const day = chinaDay(entry.at);
      this.others.set(day, (this.others.get(day) ?? 0) + 1);
    }
    for (const day of this.others.keys()) if (day <= chinaDay(at) - DAYS) this.others.delete(day);
  }

  /** What arrived on that day in China or later, newest first, and how much it was in all. */
  since(day: number): { readonly total: number; readonly entries: readonly ArrivalEntry[] } {
    const entries = [...this.entries.values()].filter(({ at }) => chinaDay(at) >= day).reverse();
    let total = entries.length;
    for (const [at, count] of this.others) if (at >= day) total += count;
    return { total, entries };
  }

  toJSON(): StoredArrivals {
    return { entries: [...this.entries.values()], others: [...this.others] };
  }
}

export interface StoredArrivals {
  readonly entries: readonly ArrivalEntry[];
  readonly others: readonly (readonly [day: number, count: number])[];
}

function keyOf({ about, note }: ArrivalEntry): string {
  return `${note ? "note" : "record"} ${about}`;
}
