import { compareEntries, type RosterEntry } from "./rosterEntry";

/** Entries in the natural order of the list. A change of one moves that one; the list is sorted only once. */
export class SortedEntries {
  private readonly sorted: RosterEntry[];

  constructor(entries: RosterEntry[]) {
    this.sorted = entries.sort(compareEntries);
  }

  /** To be read at once: it changes with the next record. */
  get entries(): readonly RosterEntry[] {
    return this.sorted;
  }

  insert(entry: RosterEntry): void {
    this.sorted.splice(this.placeOf(entry), 0, entry);
  }

  remove(entry: RosterEntry): void {
    const place = this.placeOf(entry);
    if (this.sorted[place]?.id === entry.id) this.sorted.splice(place, 1);
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
