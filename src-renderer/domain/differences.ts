import type { Change, Edit } from "./edit";
import { isJsonObject, sameJson, type JsonObject } from "./jsonValue";
import type { AnyRecord } from "./record";
import type { FieldRule } from "./recordKind";
import { recordKind } from "./recordKinds";

/** What two versions of one record differ in, field by field; lists by item, sets by member. */
export type Difference =
  /** Undefined where there is none. `visibility` is told as a field. */
  | { readonly kind: "value"; readonly field: string; readonly before: unknown; readonly after: unknown }
  | {
      readonly kind: "set";
      readonly field: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** Without items only their order differs. */
  | { readonly kind: "list"; readonly field: string; readonly items: readonly ItemDifference[] };

/** An item that was added (nothing before), removed (nothing after) or changed. */
export interface ItemDifference {
  readonly id: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** In the order in which the type lists its fields. Whether a record is in the bin is no field of it. */
export function differencesOf(before: AnyRecord | undefined, after: AnyRecord): readonly Difference[] {
  const was: JsonObject = before?.data ?? {};
  const is: JsonObject = after.data;
  const rules: Readonly<Record<string, FieldRule>> = recordKind(after.type).fields;
  const fields = new Set([...Object.keys(rules), ...Object.keys(was), ...Object.keys(is)]);
  const differences = [...fields].flatMap(
    (field) => difference(field, Object.hasOwn(rules, field) ? rules[field] : undefined, was[field], is[field]) ?? [],
  );
  // What ships is for everybody and a change to it is not, which nobody chose.
  if (before === undefined || before.visibility === after.visibility || isAsShipped(before)) return differences;
  return [...differences, { kind: "value", field: "visibility", before: before.visibility, after: after.visibility }];
}

function isAsShipped({ createdBy }: AnyRecord): boolean {
  return createdBy.device === "shipped";
}

/** Names of the values that differ, as fine as a form has fields: of a list `field/item/part`. */
export function valuesIn(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(
    differences.flatMap((found) => {
      if (found.kind !== "list") return [found.field];
      return found.items.flatMap(({ id, before, after }) =>
        partsOf(before, after).map((part) => `${found.field}/${id}/${part}`),
      );
    }),
  );
}

/** Parts of an item in which it differs; of one that was added or removed all that say something. */
export function partsOf(before: JsonObject | null, after: JsonObject | null): readonly string[] {
  return Object.keys({ ...before, ...after }).filter(
    (part) => part !== "id" && !sameJson(before?.[part], after?.[part]),
  );
}

/** The edits that give the record the values of another version, and take it out of the bin; none where it has them. */
export function editsTo(current: AnyRecord, wanted: AnyRecord): readonly Edit[] {
  const { id } = current;
  const [now, then]: readonly JsonObject[] = [current.data, wanted.data];
  const changes = Object.keys(recordKind(current.type).fields)
    .filter((field) => !sameJson(now?.[field], then?.[field]))
    .map((field): Change => ({ op: "set", field, value: then?.[field] }));
  const edits: Edit[] = current.deletedAt === undefined ? [] : [{ kind: "restore", id }];
  return changes.length === 0 ? edits : [...edits, { kind: "change", id, changes }];
}

function difference(field: string, rule: FieldRule | undefined, before: unknown, after: unknown): Difference | null {
  if (sameJson(before, after) || (isNothing(before) && isNothing(after))) return null;
  if (rule === "set") {
    const [was, is] = [membersOf(before), membersOf(after)];
    const added = is.filter((member) => !was.includes(member));
    const removed = was.filter((member) => !is.includes(member));
    return added.length === 0 && removed.length === 0 ? null : { kind: "set", field, added, removed };
  }
  if (rule === "list") return { kind: "list", field, items: itemDifferences(itemsOf(before), itemsOf(after)) };
  return { kind: "value", field, before, after };
}

function itemDifferences(before: readonly JsonObject[], after: readonly JsonObject[]): readonly ItemDifference[] {
  const was = new Map(before.map((item) => [String(item["id"]), item]));
  const is = new Map(after.map((item) => [String(item["id"]), item]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((id) => ({ id, before: was.get(id) ?? null, after: is.get(id) ?? null }))
    .filter((item) => !sameJson(item.before, item.after));
}

/** An empty list or text says as little as none. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function itemsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function membersOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : [];
}
