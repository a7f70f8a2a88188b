import { parseQuery } from "../language/filter";
import type { RecordId } from "../domain/ids";
import { joinOverlay } from "../domain/overlay";
import type { ShippedRecord } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import { bestOf, type Matches } from "./bestMatches";
import type { OutlineRow, RosterPage } from "../ports/notebook";
import { outlineOf, shownNodes, type Outline, type OutlineNode } from "./outline";
import { createPace } from "./pace";
import type { BareRow } from "../domain/rowOf";
import { compareEntries, entryOf, keysOf, shippedEntryOf, type RosterEntry, type Shipped } from "./rosterEntry";
import { SortedEntries } from "./sortedEntries";
import type { StoredRecord } from "./storedRecord";

/** What is listed. */
export interface Listed {
  readonly type: RosterRow["type"];
  readonly filter: string;
  readonly linkedTo?: string | undefined;
}
/** Which part of it. */
export interface Part {
  readonly offset: number;
  readonly limit: number;
}
export interface ListQuery extends Listed, Part {}

export interface OutlineQuery {
  readonly type: RosterRow["type"];
  /** Below these nothing is shown. */
  readonly collapsed: readonly string[];
}

/**
 * All records in a few words each: what lists, pickers and counts are made of, without reading the store. Entries of
 * shipped records lie underneath and show where the notebook has none of its own.
 */
export class Roster {
  private readonly stored = new Map<string, RosterEntry>();
  private readonly shipped = new Map<string, RosterEntry>();
  private readonly bases = new Map<string, Shipped>();
  /** Target of a link to the records that name it. */
  private readonly namers = new Map<string, Set<string>>();
  /** By type, what is alive in natural order; made when first asked for and kept up to date from then on. */
  private readonly sorted = new Map<string, SortedEntries>();
  /** By type, made when first asked for and until a record of that type changes. */
  private readonly outlines = new Map<string, Outline>();
  /** What is in the bin, last deleted first; made when asked for and until that changes. */
  private binned: readonly RosterEntry[] | undefined;
  private complete = false;
  /** Entries whose filter keys are not made yet, and perhaps some whose are. */
  private keyless = new Map<string, RosterEntry>();

  constructor(
    private readonly isWaiting: (id: string) => boolean,
    /** Told of fields that were changed to what does not fit the record as it ships; it shows what ships there. */
    private readonly onUnfit: (id: string, fields: readonly string[]) => void = () => undefined,
  ) {}

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
  storedIds(): readonly string[] {
    return [...this.stored.keys()];
  }

  put(record: StoredRecord): void {
    const shipped = this.bases.get(record.id);
    this.set(this.stored, entryOf(record, shipped));
    if (record.content.kind !== "overlay") return;
    const { unfit } = joinOverlay(shipped?.record, record.content.record);
    if (unfit.length > 0) this.onUnfit(record.id, unfit);
  }

  /** The record is not stored any more. */
  remove(id: string): void {
    const entry = this.stored.get(id);
    if (!entry) return;
    // As nothing that is shown it leaves the lists, links and keys, and then itself.
    this.set(this.stored, { id, type: entry.type, row: undefined, sort: "", links: [], filter: undefined });
    this.stored.delete(id);
  }

  /** An entry from a snapshot. */
  restore(entry: RosterEntry): void {
    this.set(this.stored, entry);
  }

  /** What ships, in its order; before anything that is stored. */
  putShipped(record: ShippedRecord): void {
    const shipped = { record, place: this.bases.size };
    this.bases.set(record.id, shipped);
    this.set(this.shipped, shippedEntryOf(shipped));
  }

  entries(): Iterable<RosterEntry> {
    return this.stored.values();
  }

  /** The record as it ships; undefined for one that was made here, or does not ship any more. */
  baseOf(id: string): ShippedRecord | undefined {
    return this.bases.get(id)?.record;
  }

  /** The superior of an organisation or area, also of a hidden one. */
  superiorOf(id: string): string | undefined {
    const row = this.entry(id)?.row;
    return row?.type === "organisation" || row?.type === "area" ? row.parentId : undefined;
  }

  /** The records that a record names. */
  linksOf(id: string): readonly RecordId[] {
    return (this.entry(id)?.links ?? []) as readonly RecordId[];
  }

  row(id: string): RosterRow | null {
    const row = this.entry(id)?.row;
    return row ? this.withState(row) : null;
  }

  /** A window of what is alive and matches, and how many there are in all. */
  async list(query: ListQuery): Promise<{ readonly total: number; readonly rows: readonly RosterRow[] }> {
    const { total, best } = await this.matching(query, query.offset + query.limit);
    return { total, rows: best.slice(query.offset).flatMap(({ row }) => (row ? this.withState(row) : [])) };
  }

  /** Ids of all that `list` would show, in its order. */
  async ids(listed: Listed): Promise<readonly RecordId[]> {
    return (await this.matching(listed)).best.flatMap(({ row }) => row?.id ?? []);
  }

  /** Where a record stands in `list`, from 0; null if it is not in it. */
  async place(listed: Listed, id: string): Promise<number | null> {
    const entry = this.entry(id);
    if (entry?.type !== listed.type || !isAlive(entry)) return null;
    const place = (await this.matching(listed)).best.indexOf(entry);
    return place < 0 ? null : place;
  }

  /** A window of the tree of one type. */
  outline(query: OutlineQuery & Part): { readonly total: number; readonly rows: readonly OutlineRow[] } {
    const shown = this.shownNodes(query);
    const rows = shown
      .slice(query.offset, query.offset + query.limit)
      .flatMap(({ entry: { row }, depth, below }) => (row ? { row: this.withState(row), depth, below } : []));
    return { total: shown.length, rows };
  }

  /** Where a record stands in `outline`, from 0; null if it is not shown there. */
  outlinePlace(query: OutlineQuery, id: string): number | null {
    const place = this.shownNodes(query).findIndex(({ entry }) => entry.id === id);
    return place < 0 ? null : place;
  }

  /** A window of what is in the bin and matches, all types together. */
  async bin({ filter, offset, limit }: Part & { readonly filter: string }): Promise<RosterPage> {
    const parsed = parseQuery(filter);
    const among = this.inBin();
    const { total, best } =
      parsed.whole === undefined
        ? { total: among.length, best: among.slice(0, offset + limit) }
        : await bestOf(among, parsed, offset + limit);
    return { total, rows: best.slice(offset).flatMap(({ row }) => (row ? this.withState(row) : [])) };
  }

  /** Everything in the bin that a person may see there, last deleted first. */
  inBin(): readonly RosterEntry[] {
    this.binned ??= [...this.stored.values()].filter(isBinned).sort(compareDeletions);
    return this.binned;
  }

  /** Whether a person sees the record in the bin. */
  isInBin(id: string): boolean {
    const entry = this.stored.get(id);
    return entry !== undefined && isBinned(entry);
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
    for (const sorted of this.sorted.values()) await sorted.prepare(pace, isOver);
  }

  private entry(id: string): RosterEntry | undefined {
    return this.stored.get(id) ?? this.shipped.get(id);
  }

  /** How many match, and the first `count` of them. */
  private async matching(listed: Listed, count = Number.POSITIVE_INFINITY): Promise<Matches> {
    const query = parseQuery(listed.filter);
    if (query.whole === undefined) {
      const among = this.among(listed);
      return { total: among.length, best: among.slice(0, count) };
    }
    if (listed.linkedTo !== undefined) return bestOf(this.among(listed), query, count);
    const sorted = this.sortedOf(listed.type);
    await sorted.prepare(createPace());
    return bestOf(sorted.candidates(query), query, count);
  }

  private shownNodes({ type, collapsed }: OutlineQuery): readonly OutlineNode[] {
    const outline = this.outlines.get(type) ?? outlineOf(this.sortedOf(type).entries);
    this.outlines.set(type, outline);
    return shownNodes(outline, new Set(collapsed));
  }

  private among({ type, linkedTo }: Listed): readonly RosterEntry[] {
    const all = this.sortedOf(type).entries;
    if (linkedTo === undefined) return all;
    const namers = this.namers.get(linkedTo);
    return namers ? all.filter(({ id }) => namers.has(id)) : [];
  }

  private sortedOf(type: string): SortedEntries {
    const known = this.sorted.get(type);
    if (known) return known;
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
    this.outlines.delete(entry.type);
    if ((before && isBinned(before)) || isBinned(entry)) this.binned = undefined;
    if (shown && isAlive(shown)) this.sorted.get(shown.type)?.remove(shown);
    const shows = this.entry(entry.id);
    for (const target of shown?.links ?? []) this.namers.get(target)?.delete(entry.id);
    for (const target of shows?.links ?? []) {
      const namers = this.namers.get(target) ?? new Set();
      this.namers.set(target, namers.add(entry.id));
    }
    if (shows && isAlive(shows)) this.sorted.get(shows.type)?.insert(shows);
  }

  private withState(row: BareRow): RosterRow {
    return { ...row, waiting: this.isWaiting(row.id) };
  }
}

function isAlive(entry: RosterEntry): boolean {
  return entry.row?.bin === false;
}

function isBinned({ row }: RosterEntry): boolean {
  return row?.bin === true && row.type !== "author";
}

/** Last deleted first; total. */
function compareDeletions(a: RosterEntry, b: RosterEntry): number {
  const [atA, atB] = [a.row?.deletedAt ?? "", b.row?.deletedAt ?? ""];
  return atA === atB ? compareEntries(a, b) : atA > atB ? -1 : 1;
}
