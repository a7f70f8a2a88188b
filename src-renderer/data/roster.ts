import { parseQuery } from "../language/filter";
import type { AnyRecord } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import { bestOf } from "./bestMatches";
import { createPace } from "./pace";
import { entryOf, keysOf, type BareRow, type RosterEntry } from "./rosterEntry";
import { SortedEntries } from "./sortedEntries";
import type { StoredRecord } from "./storedRecord";

export interface ListQuery {
  readonly type: RosterRow["type"];
  readonly filter: string;
  readonly offset: number;
  readonly limit: number;
  readonly linkedTo?: string | undefined;
}

/**
 * All records in a few words each: what lists, pickers and counts are made of, without reading the store. Entries of
 * shipped records lie underneath and show where the notebook has none of its own.
 */
export class Roster {
  private readonly stored = new Map<string, RosterEntry>();
  private readonly shipped = new Map<string, RosterEntry>();
  /** Target of a link to the records that name it. */
  private readonly namers = new Map<string, Set<string>>();
  /** By type, what is alive in natural order; made when first asked for and kept up to date from then on. */
  private readonly sorted = new Map<string, SortedEntries>();
  private complete = false;
  /** Entries whose filter keys are not made yet, and perhaps some whose are. */
  private keyless = new Map<string, RosterEntry>();

  constructor(private readonly isWaiting: (id: string) => boolean) {}

  /** Says that every stored record is in it: from now on what it does not have does not exist. */
  markComplete(): void {
    this.complete = true;
  }

  /** Whether a record of this id may be stored. */
  knows(id: string): boolean {
    return !this.complete || this.stored.has(id);
  }

  get size(): number {
    return this.stored.size;
  }

  /** Ids of all stored records. */
  ids(): readonly string[] {
    return [...this.stored.keys()];
  }

  put(record: StoredRecord): void {
    this.set(this.stored, entryOf(record));
  }

  /** An entry from a snapshot. */
  restore(entry: RosterEntry): void {
    this.set(this.stored, entry);
  }

  putShipped(record: AnyRecord): void {
    this.set(this.shipped, entryOf({ content: { kind: "known", record }, gone: false }));
  }

  entries(): Iterable<RosterEntry> {
    return this.stored.values();
  }

  row(id: string): RosterRow | null {
    const row = this.entry(id)?.row;
    return row ? this.withState(row) : null;
  }

  /** A window of what is alive and matches, and how many there are in all. */
  async list(query: ListQuery): Promise<{ readonly total: number; readonly rows: readonly RosterRow[] }> {
    const parsed = parseQuery(query.filter);
    const among = this.among(query);
    const end = query.offset + query.limit;
    const { total, best } =
      parsed.whole === undefined
        ? { total: among.length, best: among.slice(0, end) }
        : await bestOf(among.slice(), parsed, end);
    return { total, rows: best.slice(query.offset).flatMap(({ row }) => (row ? this.withState(row) : [])) };
  }

  /** Makes the filter keys that are missing, with pauses, until `isOver`. */
  async makeKeys(isOver: () => boolean = () => false): Promise<void> {
    const pace = createPace();
    for (const [id, entry] of this.keyless) {
      this.keyless.delete(id);
      keysOf(entry);
      await pace();
      if (isOver()) return;
    }
  }

  private entry(id: string): RosterEntry | undefined {
    return this.stored.get(id) ?? this.shipped.get(id);
  }

  private among({ type, linkedTo }: ListQuery): readonly RosterEntry[] {
    const { entries: all } = this.sorted.get(type) ?? this.sort(type);
    if (linkedTo === undefined) return all;
    const namers = this.namers.get(linkedTo);
    return namers ? all.filter(({ id }) => namers.has(id)) : [];
  }

  private sort(type: string): SortedEntries {
    const alive: RosterEntry[] = [];
    for (const entries of [this.stored, this.shipped]) {
      for (const entry of entries.values()) {
        if (entry.type !== type || !isAlive(entry)) continue;
        if (entries === this.stored || !this.stored.has(entry.id)) alive.push(entry);
      }
    }
    const sorted = new SortedEntries(alive);
    this.sorted.set(type, sorted);
    return sorted;
  }

  private set(entries: Map<string, RosterEntry>, entry: RosterEntry): void {
    const before = entries.get(entry.id);
    const shown = this.entry(entry.id);
    entries.set(entry.id, entry);
    if (entry.filter && !("keys" in entry.filter)) this.keyless.set(entry.id, entry);
    else this.keyless.delete(entry.id);
    for (const target of before?.links ?? []) this.namers.get(target)?.delete(entry.id);
    for (const target of entry.links) {
      const namers = this.namers.get(target) ?? new Set();
      this.namers.set(target, namers.add(entry.id));
    }
    if (shown && isAlive(shown)) this.sorted.get(shown.type)?.remove(shown);
    const shows = this.entry(entry.id);
    if (shows && isAlive(shows)) this.sorted.get(shows.type)?.insert(shows);
  }

  private withState(row: BareRow): RosterRow {
    return { ...row, waiting: this.isWaiting(row.id) };
  }
}

function isAlive(entry: RosterEntry): boolean {
  return entry.row?.bin === false;
}
