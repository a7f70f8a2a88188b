import { isJsonObject, sameJson, type JsonObject } from "./jsonValue";
import type { FieldRule } from "./recordKind";

/** Merging by field. `later` and `earlier` are the two sides, ordered by their last edit; `base` what both came from. */

/** A value that is not shown. `path` is `field`, or `field.itemId.field` inside a list. */
export interface SetAside {
  readonly path: string;
  readonly value: unknown;
  /** Whose edit it was: nearly always the earlier one. */
  readonly of: "later" | "earlier";
}
type Keep = (path: string, value: unknown) => void;

/** Merges two objects by a table of rules; a field without a rule is a scalar. */
export function mergeFields(
  rules: Readonly<Record<string, FieldRule>>,
  base: JsonObject | undefined,
  later: JsonObject,
  earlier: JsonObject,
  keep: Keep,
): JsonObject {
  const merged: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(later), ...Object.keys(earlier)])) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : "scalar";
    const [was, a, b] = [base?.[field], later[field], earlier[field]];
    const value =
      rule === "set" && isStrings(a) && isStrings(b)
        ? mergeSet(isStrings(was) ? was : [], a, b)
        : rule === "list" && isItems(a) && isItems(b)
          ? mergeList(field, isItems(was) ? was : undefined, a, b, keep)
          : rule === "reading"
            ? mergeReading(field, was, a, b, base !== undefined, keep)
            : mergeScalar(field, was, a, b, base !== undefined, keep);
    if (value !== undefined) merged[field] = value;
  }
  return merged;
}

/**
 * One value: what only one side changed is taken; of two changes the later is shown and the other set aside, unless
 * there is nothing in it. Without a base something beats nothing.
 */
export function mergeScalar(
  path: string,
  base: unknown,
  later: unknown,
  earlier: unknown,
  hasBase: boolean,
  keep: Keep,
): unknown {
  if (sameJson(later, earlier)) return later;
  if (hasBase && sameJson(earlier, base)) return later;
  if (hasBase && sameJson(later, base)) return earlier;
  if (!hasBase && isEmpty(later)) return earlier;
  if (!isEmpty(earlier)) keep(path, earlier);
  return later;
}

/** A typed reading is never overwritten by a proposed one; a proposed one is not worth setting aside. */
function mergeReading(
  path: string,
  base: unknown,
  later: unknown,
  earlier: unknown,
  hasBase: boolean,
  keep: Keep,
): unknown {
  const keepTyped: Keep = (at, value) => {
    if (isTyped(value)) keep(at, value);
  };
  const laterChanged = !hasBase || !sameJson(later, base);
  const earlierChanged = !hasBase || !sameJson(earlier, base);
  if (laterChanged && earlierChanged && isTyped(earlier) && !isTyped(later)) return earlier;
  return mergeScalar(path, base, later, earlier, hasBase, keepTyped);
}

function isTyped(value: unknown): boolean {
  return isJsonObject(value) && value["source"] === "typed";
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** What either side added and nobody removed. Members of the base keep its order; added ones follow in text order. */
function mergeSet(base: readonly string[], later: readonly string[], earlier: readonly string[]): readonly string[] {
  if (sameJson(later, base) || sameJson(later, earlier)) return earlier;
  if (sameJson(earlier, base)) return later;
  const [was, a, b] = [new Set(base), new Set(later), new Set(earlier)];
  const stayed = [...was].filter((member) => a.has(member) && b.has(member));
  const added = [...new Set([...later, ...earlier])].filter((member) => !was.has(member)).sort();
  return [...stayed, ...added];
}

/**
 * Items by id, their fields as scalars. An item removed on one side and unchanged on the other goes; changed, it stays.
 * The order is that of the later side unless only the earlier one changed it.
 */
function mergeList(
  field: string,
  base: readonly JsonObject[] | undefined,
  later: readonly JsonObject[],
  earlier: readonly JsonObject[],
  keep: Keep,
): readonly JsonObject[] {
  if (base !== undefined && sameJson(later, base)) return earlier;
  if (base !== undefined && sameJson(earlier, base)) return later;
  const [was, a, b] = [byKey(base ?? []), byKey(later), byKey(earlier)];
  const onlyEarlierReordered =
    base !== undefined && inSameOrder([...was.keys()], [...a.keys()]) && !inSameOrder([...was.keys()], [...b.keys()]);
  const order = onlyEarlierReordered
    ? interleave([...b.keys()], [...a.keys()])
    : interleave([...a.keys()], [...b.keys()]);
  return order.flatMap((key): readonly JsonObject[] => {
    const [item, mine, theirs] = [was.get(key), a.get(key), b.get(key)];
    if (mine !== undefined && theirs !== undefined) {
      const putAside: Keep = (path, value) => {
        keep(`${field}.${key}.${path}`, value);
      };
      return [mergeFields({}, item, mine, theirs, putAside)];
    }
    const only = mine ?? theirs;
    return only === undefined || (item !== undefined && sameJson(only, item)) ? [] : [only];
  });
}

/** Items by id; should an id occur twice, the second one has a name of its own, so that none is lost. */
function byKey(items: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const keyed = new Map<string, JsonObject>();
  for (const item of items) {
    let key = String(item["id"]);
    while (keyed.has(key)) key += "+";
    keyed.set(key, item);
  }
  return keyed;
}

function inSameOrder(a: readonly string[], b: readonly string[]): boolean {
  const [inA, inB] = [new Set(a), new Set(b)];
  const common = b.filter((key) => inA.has(key));
  return a.filter((key) => inB.has(key)).every((key, index) => key === common[index]);
}

/** The first order, with each key that only the second has put after the one before it there. */
function interleave(first: readonly string[], second: readonly string[]): readonly string[] {
  const order = [...first];
  const present = new Set(first);
  let place = 0;
  for (const key of second) {
    if (present.has(key)) {
      place = order.indexOf(key) + 1;
      continue;
    }
    order.splice(place, 0, key);
    present.add(key);
    place += 1;
  }
  return order;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === "string");
}

function isItems(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every((item) => isJsonObject(item) && typeof item["id"] === "string");
}
