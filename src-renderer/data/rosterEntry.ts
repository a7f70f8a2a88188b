import { buildFilterKeys, type FilterKeys, type SearchText } from "../language/filter";
import { foldText } from "../language/fold";
import { MAX_ORDER } from "../domain/recordKind";
import { recordKind } from "../domain/recordKinds";
import type { AnyRecord, ShippedRecord } from "../domain/record";
import { changedFields } from "../domain/overlay";
import { preferredForm } from "../domain/records/term";
import { rowOf, type BareRow } from "../domain/rowOf";
import { readableOf } from "./readable";
import { isInBin, labelOf, type StoredRecord } from "./storedRecord";

/** What the roster knows of one record. Plain JSON: it is stored in snapshots. */
export interface RosterEntry {
  readonly id: string;
  readonly type: string;
  /** Undefined for notes and for what cannot be shown. */
  readonly row: BareRow | undefined;
  /** Another client deleted it: only this computer still has it. */
  readonly gone?: true;
  /** Compared as text: the natural order of the list. */
  readonly sort: string;
  readonly links: readonly string[];
  /** What the filter looks at: the texts, until the keys are made of them at the first occasion. */
  filter: { readonly texts: readonly SearchText[] } | { readonly keys: FilterKeys } | undefined;
}

const DIGITS = String(MAX_ORDER).length;
/** After every name. */
const LAST = "\u{10ffff}";

/** What ships under an id. */
export interface Shipped {
  readonly record: ShippedRecord;
  /** Where it stands among all that ships, from 0. */
  readonly place: number;
}

export function entryOf(record: Pick<StoredRecord, "content" | "gone">, shipped?: Shipped): RosterEntry {
  const { content } = record;
  const { id, type } = labelOf(content);
  const readable = readableOf(content, shipped?.record);
  const changed = shipped ? isChanged(shipped.record, readable?.record) : content.kind === "overlay";
  const state = { bin: isInBin(record), newer: readable?.newer ?? false, shipped: shipped !== undefined, changed };
  const row = readable && rowOf(readable.record, state);
  if (!row) return { id, type, row, sort: "", links: [], filter: undefined };
  return { id, type, row, ...(record.gone ? { gone: true } : {}), ...derived(readable.record, shipped?.place) };
}

function isChanged(base: ShippedRecord, record: AnyRecord | undefined): boolean {
  return record !== undefined && changedFields(base, record as ShippedRecord).length > 0;
}

/** The entry of what ships and was not changed. */
export function shippedEntryOf({ record, place }: Shipped): RosterEntry {
  const { id, type } = record;
  return { id, type, row: rowOf(record, { bin: false, shipped: true }), ...derived(record, place) };
}

function derived(record: AnyRecord, place: number | undefined): Pick<RosterEntry, "sort" | "links" | "filter"> {
  const kind = recordKind(record.type);
  return {
    sort: sortOf(record, place),
    links: [...new Set(kind.links(record.data))],
    filter: { texts: kind.searchTexts(record.data) },
  };
}

/** The filter keys of an entry, made in it at the first occasion; undefined for what no list shows. */
export function keysOf(entry: RosterEntry): FilterKeys | undefined {
  if (!entry.filter) return undefined;
  if ("keys" in entry.filter) return entry.filter.keys;
  const keys = buildFilterKeys(entry.filter.texts);
  entry.filter = { keys };
  return keys;
}

/** Compares two entries in the natural order of the list; total. */
export function compareEntries(a: RosterEntry, b: RosterEntry): number {
  return compare(a.sort, b.sort) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Organisations by level and name, contacts and authors by name, meetings newest first (without a date by
 * when they were begun), terms by English form, areas as they ship, then by name, those that were retired last.
 */
function sortOf(record: AnyRecord, place: number | undefined): string {
  switch (record.type) {
    case "organisation": {
      const { nameEn, abbreviation, pinyin, nameZh } = record.data;
      const level = String(recordKind(record.type).order(record.data)).padStart(2, "0");
      return `${level} ${nameKey(nameEn ?? abbreviation ?? pinyin ?? nameZh)}`;
    }
    case "contact": {
      const { pinyin, nameLatin, nameZh } = record.data;
      return nameKey(pinyin?.value ?? nameLatin ?? nameZh);
    }
    case "meeting": {
      // One without a date stands where it was begun, so that it does not vanish while it is being written.
      return `${newestFirst(record.data.startsAt ?? record.createdAt)} ${nameKey(record.data.title)}`;
    }
    case "term": {
      const zh = preferredForm(record.data, "zh");
      const reading = zh?.pinyin ?? zh?.text;
      return `${nameKey(preferredForm(record.data, "en")?.text ?? reading)}\0${nameKey(reading)}`;
    }
    case "area": {
      const { nameEn, nameZh, validTo } = record.data;
      const retired = validTo === undefined ? "0" : "1";
      const kind = String(recordKind(record.type).order(record.data));
      const shipped = place === undefined ? LAST : String(place).padStart(DIGITS, "0");
      return `${retired} ${kind} ${shipped} ${nameKey(nameEn ?? nameZh)}`;
    }
    case "author":
      return nameKey(record.data.name);
    case "note":
      return "";
  }
}

/** Text that is smaller for a later instant, from the year 0 to the year 9999. */
function newestFirst(instant: string): string {
  return String(1e15 - Date.parse(instant)).padStart(16, "0");
}

function nameKey(name: string | undefined): string {
  const folded = foldText(name ?? "");
  return folded === "" ? LAST : folded;
}
