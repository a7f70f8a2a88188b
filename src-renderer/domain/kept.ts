import type { KeptValue, Stamp, Visibility } from "./envelope";
import { hash } from "./hash";
import { canonicalText, isJsonObject, sameJson, type JsonObject } from "./jsonValue";
import type { AnyRecord } from "./record";

/** Values that merges set aside, for a person to decide on: which of two is shown, and that it is settled. */

/** Where in a record a value stands. */
export type KeptPlace =
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "item"; readonly field: string; readonly itemId: string; readonly part: string }
  | { readonly kind: "visibility" };

/** A value that is kept, beside the one that is shown. */
export interface OpenValue {
  /** Id of the kept value. */
  readonly key: string;
  readonly place: KeptPlace;
  /** Undefined for one that was removed. */
  readonly shown: unknown;
  readonly other: unknown;
  readonly by: Stamp;
  /** ISO instant. */
  readonly at: string;
  /** Who changed the shown one and when; undefined where nobody said. */
  readonly shownBy?: { readonly by: Stamp; readonly at: string } | undefined;
}

/** The same value at the same place is kept once, whichever computer merges (design: deterministic merges). */
export function keptId(path: string, value: unknown): string {
  return hash(`${path}\n${canonicalText(value)}`);
}

/**
 * What is still to be decided. Left out: a value that is shown now, one at a place that is gone with its item, and parts
 * of the envelope that only a newer version knows.
 */
export function openValues(record: AnyRecord): readonly OpenValue[] {
  return (record.kept ?? []).flatMap((entry): readonly OpenValue[] => {
    if (entry.resolved === true) return [];
    const place = placeOf(record, entry.path);
    if (!place) return [];
    const shown = valueAt(record, place);
    const other = entry.value ?? undefined;
    if (sameJson(shown, other)) return [];
    const { id: key, by, at, shown: shownBy } = entry;
    return [{ key, place, shown, other, by, at, shownBy }];
  });
}

/** The id under which a value at this place is kept, also that of the one that is shown. */
export function keptIdAt(place: KeptPlace, value: unknown): string {
  return keptId(pathOf(place), value ?? null);
}

/**
 * What is kept after an edit of the record: where another value is shown now, it says who made it so. One that is kept
 * (an edit that takes a switch back shows it again) is still that of who set it first.
 */
export function keptAfter(before: AnyRecord, after: AnyRecord): readonly KeptValue[] | undefined {
  const now = ({ path }: KeptValue): unknown => {
    const place = placeOf(after, path);
    return place && valueAt(after, place);
  };
  return changedValues(
    before.kept,
    (entry) => {
      const place = entry.resolved === true ? undefined : placeOf(before, entry.path);
      return place !== undefined && !sameJson(valueAt(before, place), now(entry));
    },
    (entry) => {
      const known = before.kept?.find(({ id }) => id === keptId(entry.path, now(entry) ?? null));
      const shown = known ? { by: known.by, at: known.at } : { by: after.updatedBy, at: after.updatedAt };
      return { ...entry, shown };
    },
  );
}

/** The values of a record after an edit that shows what was kept. */
export interface Switched {
  readonly data: JsonObject;
  readonly visibility: Visibility;
  readonly kept: readonly KeptValue[];
}

/**
 * Shows a kept value; the one that was shown is kept in its place, so that it can be switched back. Undefined where there
 * is nothing to switch any more.
 */
export function switchValue(record: AnyRecord, key: string): Switched | undefined {
  const open = openValues(record).find((value) => value.key === key);
  const entry = record.kept?.find(({ id }) => id === key);
  if (!open || !entry) return undefined;
  const { shown, other, place, shownBy } = open;
  const value = shown ?? null;
  const back: KeptValue = {
    id: keptId(entry.path, value),
    path: entry.path,
    value,
    by: shownBy?.by ?? record.updatedBy,
    at: shownBy?.at ?? record.updatedAt,
    shown: { by: entry.by, at: entry.at },
  };
  const known = record.kept ?? [];
  const kept = known.some(({ id }) => id === back.id)
    ? known.map((each) => (each.id === back.id ? reopened(each) : each))
    : [...known, back];
  const data: JsonObject = record.data;
  if (place.kind === "visibility") return { data, visibility: other as Visibility, kept };
  return { data: withValue(data, place, other), visibility: record.visibility, kept };
}

/** What is kept once a person has decided on the given values and on all others at the same places; the same if on none. */
export function settledValues(
  kept: readonly KeptValue[] | undefined,
  keys: readonly string[],
): readonly KeptValue[] | undefined {
  const paths = new Set((kept ?? []).filter(({ id }) => keys.includes(id)).map(({ path }) => path));
  return changedValues(kept, ({ path, resolved }) => paths.has(path) && resolved !== true, settled);
}

/** What is kept once the given values are to be decided on again. */
export function unsettledValues(
  kept: readonly KeptValue[] | undefined,
  keys: readonly string[],
): readonly KeptValue[] | undefined {
  return changedValues(kept, ({ id, resolved }) => keys.includes(id) && resolved === true, reopened);
}

function changedValues(
  kept: readonly KeptValue[] | undefined,
  isMeant: (entry: KeptValue) => boolean,
  change: (entry: KeptValue) => KeptValue,
): readonly KeptValue[] | undefined {
  return kept?.some(isMeant) === true ? kept.map((entry) => (isMeant(entry) ? change(entry) : entry)) : kept;
}

function settled(entry: KeptValue): KeptValue {
  return { ...entry, resolved: true };
}

function reopened({ resolved: _, ...entry }: KeptValue): KeptValue {
  return entry;
}

/** A path as merges write it: `field`, `field.itemId.part` (an id may have dots in it), `/part of the envelope`. */
function placeOf({ data }: AnyRecord, path: string): KeptPlace | undefined {
  if (path === "/visibility") return { kind: "visibility" };
  if (path.startsWith("/")) return undefined;
  const [first, last] = [path.indexOf("."), path.lastIndexOf(".")];
  if (first < 0) return { kind: "field", field: path };
  if (first === last) return undefined;
  const place = {
    kind: "item",
    field: path.slice(0, first),
    itemId: path.slice(first + 1, last),
    part: path.slice(last + 1),
  } as const;
  return itemAt(data, place) ? place : undefined;
}

function pathOf(place: KeptPlace): string {
  if (place.kind === "visibility") return "/visibility";
  return place.kind === "field" ? place.field : `${place.field}.${place.itemId}.${place.part}`;
}

/** The value of a record at a place; undefined where there is none. */
export function valueAt({ data, visibility }: AnyRecord, place: KeptPlace): unknown {
  if (place.kind === "visibility") return visibility;
  const held = place.kind === "field" ? (data as JsonObject)[place.field] : itemAt(data, place)?.[place.part];
  return held ?? undefined;
}

function itemAt(data: JsonObject, { field, itemId }: Extract<KeptPlace, { kind: "item" }>): JsonObject | undefined {
  return itemsOf(data[field]).find(({ id }) => id === itemId);
}

function withValue(data: JsonObject, place: Exclude<KeptPlace, { kind: "visibility" }>, value: unknown): JsonObject {
  if (place.kind === "field") return withPart(data, place.field, value);
  const items = itemsOf(data[place.field]).map((item) =>
    item["id"] === place.itemId ? withPart(item, place.part, value) : item,
  );
  return { ...data, [place.field]: items };
}

function withPart(object: JsonObject, name: string, value: unknown): JsonObject {
  const { [name]: _, ...others } = object;
  return value === undefined ? others : { ...object, [name]: value };
}

function itemsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
