import { buildFilterKeys, type FilterKeys, type SearchText } from "../language/filter";
import { foldText } from "../language/fold";
import { MAX_ORDER } from "../domain/recordKind";
import { recordKind } from "../domain/recordKinds";
import type { AnyRecord } from "../domain/record";
import type { AuthorRow, ContactRow, MeetingRow, OrganisationRow } from "../domain/rosterRow";
import { readableOf } from "./readable";
import { isInBin, labelOf, type StoredRecord } from "./storedRecord";

/** A row as the roster keeps it; whether it waits is added when it is asked for. */
export type BareRow =
  | Omit<OrganisationRow, "waiting">
  | Omit<ContactRow, "waiting">
  | Omit<MeetingRow, "waiting">
  | Omit<AuthorRow, "waiting">;

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
  const row = readable && rowOf(readable.record, isInBin(record), readable.newer);
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

export function rowOf(record: AnyRecord, bin: boolean, newer: boolean): BareRow | undefined {
  const state = newer ? { bin, newer } : { bin };
  switch (record.type) {
    case "organisation": {
      const { nameEn, nameZh, abbreviation, shortZh, level } = record.data;
      return {
        type: "organisation",
        id: record.id,
        ...state,
        nameEn,
        nameZh,
        abbreviation,
        shortZh: shortZh[0],
        level,
      };
    }
    case "contact": {
      const { nameZh, nameLatin, pinyin, posts } = record.data;
      const post = posts.find(({ to }) => to === undefined);
      return {
        type: "contact",
        id: record.id,
        ...state,
        nameZh,
        nameLatin,
        pinyin: pinyin?.value,
        organisationId: post?.organisationId,
        jobTitle: post?.title,
      };
    }
    case "meeting": {
      const { title, startsAt, endsAt, place, organisationIds, attendees } = record.data;
      const attendeeCount = attendees.length;
      return {
        type: "meeting",
        id: record.id,
        ...state,
        title,
        startsAt,
        endsAt,
        place,
        organisationIds,
        attendeeCount,
      };
    }
    case "author":
      return { type: "author", id: record.id, ...state, name: record.data.name };
    case "note":
      return undefined;
  }
}

/** Organisations by level and name, contacts and authors by name, meetings newest first. */
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
