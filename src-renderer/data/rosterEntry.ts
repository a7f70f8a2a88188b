import { buildFilterKeys, type FilterKeys, type SearchText } from "../language/filter";
import { foldText } from "../language/fold";
import { MAX_ORDER } from "../domain/recordKind";
import { recordKind } from "../domain/recordKinds";
import type { AnyRecord } from "../domain/record";
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
  /** Compared as text: the natural order of the list. */
  readonly sort: string;
  readonly links: readonly string[];
  /** What the filter looks at: the texts, until the keys are made of them at the first occasion. */
  filter: { readonly texts: readonly SearchText[] } | { readonly keys: FilterKeys } | undefined;
}

const DIGITS = String(MAX_ORDER).length;
/** After every name. */
const LAST = "\u{10ffff}";

export function entryOf(record: Pick<StoredRecord, "content" | "gone">): RosterEntry {
  const { id, type } = labelOf(record.content);
  const readable = readableOf(record.content);
  const row = readable && rowOf(readable.record, { bin: isInBin(record), newer: readable.newer });
  if (!row) return { id, type, row, sort: "", links: [], filter: undefined };
  const kind = recordKind(readable.record.type);
  return {
    id,
    type,
    row,
    sort: sortOf(readable.record),
    links: [...new Set(kind.links(readable.record.data))],
    filter: { texts: kind.searchTexts(readable.record.data) },
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

/** Organisations by level and name, contacts and authors by name, meetings newest first, terms by English form. */
function sortOf(record: AnyRecord): string {
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
    case "meeting":
      return `${String(recordKind(record.type).order(record.data)).padStart(DIGITS, "0")} ${nameKey(record.data.title)}`;
    case "term": {
      const zh = preferredForm(record.data, "zh");
      const reading = zh?.pinyin ?? zh?.text;
      return `${nameKey(preferredForm(record.data, "en")?.text ?? reading)}\0${nameKey(reading)}`;
    }
    case "area": {
      const retired = record.data.validTo === undefined ? "0" : "1";
      return `${retired} ${String(recordKind(record.type).order(record.data))} ${nameKey(record.data.nameEn ?? record.data.nameZh)}`;
    }
    case "author":
      return nameKey(record.data.name);
    case "note":
      return "";
  }
}

function nameKey(name: string | undefined): string {
  const folded = foldText(name ?? "");
  return folded === "" ? LAST : folded;
}
