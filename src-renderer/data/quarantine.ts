import type { QuarantineEntry } from "../domain/syncStatus";

type Direction = QuarantineEntry["direction"];

/** What could not be read or sent, one entry per record and direction. */
export class Quarantine {
  private readonly entries = new Map<string, QuarantineEntry>();

  /** Whether that was news. */
  add(entries: readonly QuarantineEntry[]): boolean {
    for (const entry of entries) this.entries.set(keyOf(entry.id, entry.direction), entry);
    return entries.length > 0;
  }

  /** Whether there was anything to release. */
  release(id: string, direction: Direction): boolean {
    return this.entries.delete(keyOf(id, direction));
  }

  has(id: string, direction: Direction): boolean {
    return this.entries.has(keyOf(id, direction));
  }

  list(): readonly QuarantineEntry[] {
    return [...this.entries.values()];
  }

  /** Records set aside in one direction. */
  count(direction: Direction, among: (id: string) => boolean): number {
    let count = 0;
    for (const entry of this.entries.values()) if (entry.direction === direction && among(entry.id)) count += 1;
    return count;
  }
}

function keyOf(id: string, direction: Direction): string {
  return `${direction} ${id}`;
}
