import type { Change, Edit } from "./edit";
import type { Visibility } from "./envelope";
import { isJsonObject, sameJson, type JsonObject } from "./jsonValue";
import type { AnyRecord } from "./record";
import { recordKind } from "./recordKinds";
import type { FieldRule } from "./recordKind";

/** A field of a record as an edit found it and as it left it; undefined where there was none. */
interface FieldReversal {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * How to take back what one edit did to one record. It names only what the edit changed, with the value that it left,
 * so that taking it back later changes nothing else: what came from another computer meanwhile is never undone.
 */
export interface Reversal {
  readonly id: AnyRecord["id"];
  readonly type: AnyRecord["type"];
  readonly fields: readonly FieldReversal[];
  /** Whether the record was put into the bin or taken out of it; undefined if neither. */
  readonly deletion: { readonly before: string | undefined; readonly after: string | undefined } | undefined;
  /** Who might have it and may now; undefined if that is the same. */
  readonly visibility?: { readonly before: Visibility; readonly after: Visibility } | undefined;
  /** Keys of set aside values that the edit settled, or was to be decided on again. */
  readonly settled?: readonly string[] | undefined;
  readonly unsettled?: readonly string[] | undefined;
  /**
   * For a record that the edit made: its data then. Taking that back moves it to the bin, unless somebody else has
   * changed it since.
   */
  readonly created: JsonObject | undefined;
}

/** What is to be done to the record as it is now. */
export interface TakingBack {
  readonly edits: readonly Edit[];
  /** Values that are left as they are because they are not those the edit left. */
  readonly left: number;
}

/** The way back from an edit; undefined if it changed nothing that a person can change. */
export function reversalOf(before: AnyRecord | undefined, after: AnyRecord): Reversal | undefined {
  const { id, type, data, deletedAt } = after;
  if (before === undefined) {
    return { id, type, fields: [], deletion: { before: undefined, after: undefined }, created: data };
  }
  const was: JsonObject = before.data;
  const is: JsonObject = data;
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !sameJson(was[field], is[field]))
    .map((field): FieldReversal => ({ field, before: was[field], after: is[field] }));
  const deletion = before.deletedAt === deletedAt ? undefined : { before: before.deletedAt, after: deletedAt };
  const visibility =
    before.visibility === after.visibility ? undefined : { before: before.visibility, after: after.visibility };
  const [settled, unsettled] = [newlySettled(before, after), newlySettled(after, before)];
  const isNothing = [deletion, visibility, settled, unsettled].every((part) => part === undefined);
  if (fields.length === 0 && isNothing) return undefined;
  return { id, type, fields, deletion, visibility, settled, unsettled, created: undefined };
}

/** Takes an edit back, as edits of the record as it is now; undefined stands for a record that is not there any more. */
export function takeBack(reversal: Reversal, current: AnyRecord | undefined): TakingBack {
  const { id, type } = reversal;
  if (current === undefined) return { edits: [], left: 1 };
  const rules: Readonly<Record<string, FieldRule>> = recordKind(type).fields;
  const changes: Change[] = [];
  let left = 0;
  for (const field of reversal.fields) {
    const now = (current.data as JsonObject)[field.field];
    const outcome = takeBackField(Object.hasOwn(rules, field.field) ? rules[field.field] : "scalar", field, now);
    left += outcome.left;
    if (!sameJson(outcome.value, now)) changes.push({ op: "set", field: field.field, value: outcome.value });
  }
  const edits: Edit[] = changes.length > 0 ? [{ kind: "change", id, changes }] : [];
  const { visibility, settled, unsettled } = reversal;
  if (visibility) {
    if (current.visibility === visibility.after) edits.push({ kind: "share", id, visibility: visibility.before });
    else if (current.visibility !== visibility.before) left += 1;
  }
  if (settled) edits.push({ kind: "settle", id, keys: [...settled], settled: false });
  if (unsettled) edits.push({ kind: "settle", id, keys: [...unsettled], settled: true });
  const back = takeBackDeletion(reversal, current);
  if (back === "left") left += 1;
  else if (back) edits.push({ kind: back, id });
  return { edits, left };
}

/** Keys of the values that are settled after and were not before. */
function newlySettled(before: AnyRecord, after: AnyRecord): readonly string[] | undefined {
  if (before.kept === after.kept) return undefined;
  const open = new Set((before.kept ?? []).filter(({ resolved }) => resolved !== true).map(({ id }) => id));
  const keys = (after.kept ?? []).filter(({ id, resolved }) => resolved === true && open.has(id)).map(({ id }) => id);
  return keys.length > 0 ? keys : undefined;
}

/** One step of two edits that followed each other; undefined if something else changed the same values in between. */
export function joinReversals(first: Reversal, second: Reversal, after: AnyRecord): Reversal | undefined {
  if (first.id !== second.id || second.deletion !== undefined || isOfWhole(second) || isOfWhole(first))
    return undefined;
  if (first.created !== undefined) {
    const { data } = after;
    const beside = Object.keys({ ...first.created, ...data }).filter(
      (name) => !second.fields.some(({ field }) => field === name),
    );
    const isOurs =
      beside.every((name) => sameJson(first.created?.[name], (data as JsonObject)[name])) &&
      second.fields.every(({ field, before }) => sameJson(first.created?.[field], before));
    return isOurs ? { ...first, created: data } : undefined;
  }
  if (first.deletion !== undefined) return undefined;
  const fields = new Map(first.fields.map((field) => [field.field, field]));
  for (const field of second.fields) {
    const earlier = fields.get(field.field);
    if (earlier && !sameJson(earlier.after, field.before)) return undefined;
    fields.set(field.field, earlier ? { ...field, before: earlier.before } : field);
  }
  const changed = [...fields.values()].filter(({ before, after: left }) => !sameJson(before, left));
  return { ...first, fields: changed };
}

/** Whether it is about more than fields: such an edit is a step of its own. */
function isOfWhole({ visibility, settled, unsettled }: Reversal): boolean {
  return visibility !== undefined || settled !== undefined || unsettled !== undefined;
}

/** The edit that puts the record back where it was: in the bin or out of it. */
function takeBackDeletion(
  { deletion, created }: Reversal,
  current: AnyRecord,
): "delete" | "restore" | "left" | undefined {
  if (!deletion) return undefined;
  const { before, after } = deletion;
  const isThere = current.deletedAt === undefined;
  if (created !== undefined) return !isThere ? undefined : sameJson(created, current.data) ? "delete" : "left";
  if (isThere === (before === undefined)) return undefined;
  if (current.deletedAt !== after) return "left";
  return isThere ? "delete" : "restore";
}

interface FieldOutcome {
  readonly value: unknown;
  readonly left: number;
}

function takeBackField(rule: FieldRule | undefined, { before, after }: FieldReversal, now: unknown): FieldOutcome {
  if (sameJson(now, after)) return { value: before, left: 0 };
  if (sameJson(now, before)) return { value: now, left: 0 };
  if (rule === "set") return takeBackSet(membersOf(before), membersOf(after), membersOf(now));
  if (rule === "list") return takeBackList(itemsOf(before), itemsOf(after), itemsOf(now));
  return { value: now, left: 1 };
}

/** What the edit added goes, what it removed comes back. Both are so already where somebody else has done the same. */
function takeBackSet(before: readonly string[], after: readonly string[], now: readonly string[]): FieldOutcome {
  const added = new Set(after.filter((member) => !before.includes(member)));
  const value = now.filter((member) => !added.has(member));
  before.forEach((member, place) => {
    if (!after.includes(member) && !value.includes(member)) insertAfter(value, before[place - 1], member);
  });
  return { value, left: 0 };
}

function takeBackList(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  now: readonly JsonObject[],
): FieldOutcome {
  const [was, made] = [byId(before), byId(after)];
  let left = 0;
  const value: JsonObject[] = [];
  for (const item of now) {
    const id = item["id"];
    const [old, own] = [was.get(id), made.get(id)];
    if (old && own) {
      const back = takeBackItem(old, own, item);
      left += back.left;
      value.push(back.value);
    } else if (own && sameJson(own, item)) continue;
    else {
      // Added by the edit and changed by somebody else since, or removed by the edit and put back by somebody else.
      if ((own ?? old) !== undefined && !sameJson(old, item)) left += 1;
      value.push(item);
    }
  }
  const present = byId(now);
  before.forEach((item, place) => {
    const id = item["id"];
    if (present.has(id)) return;
    const own = made.get(id);
    // Somebody else has removed the item; what the edit changed in it went with it.
    if (own) left += sameJson(own, item) ? 0 : 1;
    else insertItemAfter(value, before[place - 1]?.["id"], item);
  });
  return { value, left };
}

function takeBackItem(
  before: JsonObject,
  after: JsonObject,
  now: JsonObject,
): { readonly value: JsonObject; readonly left: number } {
  let left = 0;
  const value: Record<string, unknown> = { ...now };
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (sameJson(before[field], after[field])) continue;
    if (sameJson(now[field], after[field])) {
      if (before[field] === undefined) Reflect.deleteProperty(value, field);
      else value[field] = before[field];
    } else if (!sameJson(now[field], before[field])) left += 1;
  }
  return { value, left };
}

/** At the beginning without a neighbour, at the end where the neighbour is gone. */
function insertAfter(members: string[], neighbour: string | undefined, member: string): void {
  const place = neighbour === undefined ? 0 : members.indexOf(neighbour) + 1;
  members.splice(neighbour !== undefined && place === 0 ? members.length : place, 0, member);
}

function insertItemAfter(items: JsonObject[], neighbour: unknown, item: JsonObject): void {
  const place = neighbour === undefined ? 0 : items.findIndex(({ id }) => id === neighbour) + 1;
  items.splice(neighbour !== undefined && place === 0 ? items.length : place, 0, item);
}

function byId(items: readonly JsonObject[]): ReadonlyMap<unknown, JsonObject> {
  return new Map(items.map((item) => [item["id"], item]));
}

function itemsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function membersOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : [];
}
