import { parseQuery, score, type Query } from "../language/filter";
import type { AnyRecord } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import { createPace } from "./pace";
import { entryOf, withKeys, type BareRow, type RosterEntry } from "./rosterEntry";
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
  /** By type, in natural order; made anew when asked for after a change. */
  private readonly sorted = new Map<string, readonly RosterEntry[]>();
  private complete = false;
  private keyless = new Set<string>();

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
    const found = parsed.whole === undefined ? among : await this.ranked(among, parsed);
    const rows = found.slice(query.offset, query.offset + query.limit);
    return { total: found.length, rows: rows.flatMap(({ row }) => (row ? this.withState(row) : [])) };
  }

  /** Makes the filter keys that are missing. Quick typing must not wait for it, so it pauses. */
  async makeKeys(): Promise<void> {
    const pace = createPace();
    for (const id of this.keyless) {
      this.makeKeysOf(id);
      await pace();
    }
  }

  private entry(id: string): RosterEntry | undefined {
    return this.stored.get(id) ?? this.shipped.get(id);
  }

  private among({ type, linkedTo }: ListQuery): readonly RosterEntry[] {
    const all = this.sorted.get(type) ?? this.sort(type);
    if (linkedTo === undefined) return all;
    const namers = this.namers.get(linkedTo);
    return namers ? all.filter(({ id }) => namers.has(id)) : [];
  }

  private sort(type: string): readonly RosterEntry[] {
    const alive: RosterEntry[] = [];
    for (const entries of [this.stored, this.shipped]) {
      for (const entry of entries.values()) {
        if (entry.type !== type || !entry.row || entry.row.bin) continue;
        if (entries === this.stored || !this.stored.has(entry.id)) alive.push(entry);
      }
    }
    alive.sort((a, b) => compare(a.sort, b.sort) || compare(a.id, b.id));
    this.sorted.set(type, alive);
    return alive;
  }

  /** Best first; equal ones in the order of the list. */
  private async ranked(among: readonly RosterEntry[], query: Query): Promise<readonly RosterEntry[]> {
    const pace = createPace();
    const found: { readonly entry: RosterEntry; readonly score: number; readonly place: number }[] = [];
    for (const [place, { id }] of among.entries()) {
      const entry = this.makeKeysOf(id);
      if (place % 64 === 63) await pace();
      if (!entry?.filter || !("keys" in entry.filter) || entry.row?.bin !== false) continue;
      const points = score(query, entry.filter.keys);
      if (points > 0) found.push({ entry, score: points, place });
    }
    return found.sort((a, b) => b.score - a.score || a.place - b.place).map(({ entry }) => entry);
  }

  private makeKeysOf(id: string): RosterEntry | undefined {
    const entry = this.entry(id);
    if (!entry || !this.keyless.delete(id)) return entry;
    const keyed = withKeys(entry);
    (this.stored.has(id) ? this.stored : this.shipped).set(id, keyed);
    return keyed;
  }

  private set(entries: Map<string, RosterEntry>, entry: RosterEntry): void {
    const before = entries.get(entry.id);
    entries.set(entry.id, entry);
    if (entry.filter && !("keys" in entry.filter)) this.keyless.add(entry.id);
    else this.keyless.delete(entry.id);
    for (const target of before?.links ?? []) this.namers.get(target)?.delete(entry.id);
    for (const target of entry.links) {
      const namers = this.namers.get(target) ?? new Set();
      this.namers.set(target, namers.add(entry.id));
    }
    this.sorted.delete(entry.type);
  }

  private withState(row: BareRow): RosterRow {
    return { ...row, waiting: this.isWaiting(row.id) };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
