import { gramsOf, GramTable } from "../language/filterGrams";
import type { Query } from "../language/filter";
import { compareEntries, keysOf, type RosterEntry } from "./rosterEntry";

/**
 * Entries in the natural order of the list. A change of one moves that one; the list is sorted only once. Each entry
 * keeps its row in a table of filter bits while it is here, so that filtering looks at few entries.
 */
export class SortedEntries {
  private readonly sorted: RosterEntry[];
  /** For each entry its row in `grams`. */
  private readonly rows: number[];
  private readonly grams = new GramTable();
  /** Rows that no entry has. */
  private readonly free: number[] = [];
  /** By row, entries whose bits are not made yet. */
  private readonly fresh: Map<number, RosterEntry>;

  constructor(entries: RosterEntry[]) {
    this.sorted = entries.sort(compareEntries);
    this.rows = this.sorted.map((_, row) => row);
    this.fresh = new Map(this.sorted.entries());
  }

  /** To be read at once: it changes with the next record. */
  get entries(): readonly RosterEntry[] {
    return this.sorted;
  }

  insert(entry: RosterEntry): void {
    const place = this.placeOf(entry);
    const row = this.free.pop() ?? this.rows.length;
    this.sorted.splice(place, 0, entry);
    this.rows.splice(place, 0, row);
    this.fresh.set(row, entry);
  }

  remove(entry: RosterEntry): void {
    const place = this.placeOf(entry);
    if (this.sorted[place]?.id !== entry.id) return;
    this.sorted.splice(place, 1);
    for (const row of this.rows.splice(place, 1)) {
      this.fresh.delete(row);
      this.free.push(row);
    }
  }

  /** Makes the bits, and the keys they are made of, where they are missing. Pauses; `isOver` ends it early. */
  async prepare(pace: () => Promise<void> | undefined, isOver: () => boolean = () => false): Promise<void> {
    for (const [row, entry] of this.fresh) {
      this.fresh.delete(row);
      const keys = keysOf(entry);
      if (keys) this.grams.write(row, keys);
      await pace();
      if (isOver()) return;
    }
  }

  /** Entries that may match, in their order; the others do not. To be called right after `prepare`. */
  candidates(query: Query): readonly RosterEntry[] {
    const { sorted, rows, grams } = this;
    const wanted = gramsOf(query);
    const found: RosterEntry[] = [];
    for (let place = 0; place < rows.length; place++) {
      const entry = sorted[place];
      if (entry && grams.mayMatch(wanted, rows[place] ?? 0)) found.push(entry);
    }
    return found;
  }

  /** Where it stands, or would. */
  private placeOf(entry: RosterEntry): number {
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const there = this.sorted[middle];
      if (there && compareEntries(there, entry) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
