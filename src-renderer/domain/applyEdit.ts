import { failure, success, type Result } from "../../src-main/shared/result";
import type { Change, Edit, EditFailure } from "./edit";
import type { Envelope, Stamp } from "./envelope";
import { typeOfId, type RecordType } from "./ids";
import { isJsonObject, sameJson, type JsonObject } from "./jsonValue";
import { MAX_ITEMS, MAX_TEXT } from "./limits";
import { keptAfter, settledValues, switchValue, unsettledValues } from "./kept";
import type { AnyRecord } from "./record";
import { recordKind, recordKinds } from "./recordKinds";
import type { FieldRule, RecordKind } from "./recordKind";

/** Who edits, and when by this computer's clock (ISO instant). */
export interface EditContext {
  readonly now: string;
  readonly by: Stamp;
}

/**
 * The record after an edit. An edit without effect returns the very same object. Fields that the schema does not name
 * are kept. A change to a record in the bin is kept there too, so that a field saved late does not bring back what was
 * deleted a moment before.
 */
export function applyEdit(
  current: AnyRecord | undefined,
  edit: Edit,
  context: EditContext,
): Result<AnyRecord, EditFailure> {
  switch (edit.kind) {
    case "create":
      return current === undefined ? createRecord(edit, context) : changeRecord(current, edit.changes, context);
    case "change":
      return current === undefined ? notFound(edit.id) : changeRecord(current, edit.changes, context);
    case "delete":
      if (current === undefined) return notFound(edit.id);
      if (!recordKinds[current.type].deletable) return failure({ kind: "not-deletable", id: current.id });
      if (current.deletedAt !== undefined) return success(current);
      return success({ ...current, ...updated(context), deletedAt: context.now });
    case "restore": {
      if (current === undefined) return notFound(edit.id);
      if (current.deletedAt === undefined) return success(current);
      const { deletedAt: _, ...alive } = current;
      return success({ ...alive, ...updated(context) });
    }
    case "share":
      if (current === undefined) return notFound(edit.id);
      if (current.visibility === edit.visibility) return success(current);
      // Who wrote something is known to all who can read it.
      if (edit.visibility === "private" && current.type === "author")
        return invalid("visibility", "who writes is known");
      return success({ ...current, ...updated(context), visibility: edit.visibility });
    case "switch":
      return current === undefined ? notFound(edit.id) : switchRecord(current, edit.key, context);
    case "settle": {
      if (current === undefined) return notFound(edit.id);
      const kept = edit.settled ? settledValues(current.kept, edit.keys) : unsettledValues(current.kept, edit.keys);
      return success(kept === current.kept ? current : { ...current, ...updated(context), kept });
    }
    case "return":
      // Only what ships has a form to return to; that is an overlay's matter.
      return notFound(edit.id);
  }
}

function createRecord(edit: Extract<Edit, { kind: "create" }>, context: EditContext): Result<AnyRecord, EditFailure> {
  if (typeOfId(edit.id) !== edit.type) return invalid("id", `the id of a record of type ${edit.type} starts with it`);
  const kind = recordKind(edit.type);
  const data = changedData(edit.id, kind, kind.empty, edit.changes);
  if (!data.ok) return data;
  const record: Envelope<RecordType, JsonObject> = {
    id: edit.id as Envelope<RecordType, JsonObject>["id"],
    type: edit.type,
    v: kind.v,
    createdAt: context.now,
    createdBy: context.by,
    ...updated(context),
    visibility: edit.visibility,
    data: data.value,
  };
  return success(record as AnyRecord);
}

function changeRecord(
  current: AnyRecord,
  changes: readonly Change[],
  context: EditContext,
): Result<AnyRecord, EditFailure> {
  const data = changedData(current.id, recordKinds[current.type], current.data, changes);
  if (!data.ok) return data;
  if (sameJson(data.value, current.data)) return success(current);
  const after = { ...current, ...updated(context), data: data.value } as AnyRecord;
  const kept = keptAfter(current, after);
  return success(kept === current.kept ? after : { ...after, kept });
}

/** The record with a value that was set aside; the very same where that is shown or gone already. */
function switchRecord(current: AnyRecord, key: string, context: EditContext): Result<AnyRecord, EditFailure> {
  const switched = switchValue(current, key);
  if (!switched) return success(current);
  const data = parsedData(recordKinds[current.type], switched.data);
  return data.ok ? success({ ...current, ...updated(context), ...switched, data: data.value } as AnyRecord) : data;
}

/** Applies all changes or none, then parses the outcome with the schema of the type. */
function changedData(
  id: string,
  kind: RecordKind,
  data: JsonObject,
  changes: readonly Change[],
): Result<JsonObject, EditFailure> {
  if (kind.merge === "text" && changes.length > 0) return failure({ kind: "read-only", id });
  let next = data;
  for (const change of changes) {
    const changed = applyChange(kind, next, change);
    if (!changed.ok) return changed;
    next = changed.value;
  }
  return parsedData(kind, next);
}

function parsedData(kind: RecordKind, data: JsonObject): Result<JsonObject, EditFailure> {
  const parsed = kind.schema.safeParse(data);
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  const [field = "", ...inside] = issue?.path ?? [];
  return invalid(String(field), [inside.join("."), issue?.message].filter(Boolean).join(": "));
}

function applyChange(kind: RecordKind, data: JsonObject, change: Change): Result<JsonObject, EditFailure> {
  const { field } = change;
  const rule: FieldRule | undefined = Object.hasOwn(kind.fields, field) ? kind.fields[field] : undefined;
  if (rule === undefined) return invalid(field, "no such field");
  const size = tooLarge(field, change.op === "putItem" ? change.item : change.op === "removeItem" ? "" : change.value);
  if (size !== undefined) return failure(size);
  switch (change.op) {
    case "set":
      return success(withField(data, field, change.value));
    case "putItem":
      if (rule !== "list") return invalid(field, "not a list");
      return limited(field, data, putItem(itemsOf(data[field]), change.item));
    case "removeItem":
      if (rule !== "list") return invalid(field, "not a list");
      return limited(
        field,
        data,
        itemsOf(data[field]).filter((item) => item["id"] !== change.itemId),
      );
    case "addMember": {
      if (rule !== "set") return invalid(field, "not a set");
      const members = membersOf(data[field]);
      return limited(field, data, members.includes(change.value) ? members : [...members, change.value]);
    }
    case "removeMember":
      if (rule !== "set") return invalid(field, "not a set");
      return limited(
        field,
        data,
        membersOf(data[field]).filter((member) => member !== change.value),
      );
  }
}

/** Changes the item with that id in its place, or appends a new one. */
function putItem(items: readonly JsonObject[], change: JsonObject): readonly JsonObject[] {
  const present = items.some((item) => item["id"] === change["id"]);
  if (!present) return [...items, withoutUndefined(change)];
  return items.map((item) => (item["id"] === change["id"] ? withoutUndefined({ ...item, ...change }) : item));
}

function limited(field: string, data: JsonObject, items: readonly unknown[]): Result<JsonObject, EditFailure> {
  if (items.length > MAX_ITEMS) return failure({ kind: "too-large", field, limit: MAX_ITEMS });
  return success({ ...data, [field]: items });
}

function withField(data: JsonObject, field: string, value: unknown): JsonObject {
  return withoutUndefined({ ...data, [field]: value });
}

function withoutUndefined(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
}

/** The first text or list inside a value that is larger than one field may be. */
function tooLarge(field: string, value: unknown): Extract<EditFailure, { kind: "too-large" }> | undefined {
  if (typeof value === "string") {
    return value.length > MAX_TEXT ? { kind: "too-large", field, limit: MAX_TEXT } : undefined;
  }
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) return { kind: "too-large", field, limit: MAX_ITEMS };
    return firstDefined(value.map((item) => tooLarge(field, item)));
  }
  return isJsonObject(value) ? firstDefined(Object.values(value).map((held) => tooLarge(field, held))) : undefined;
}

function firstDefined<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

function itemsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function membersOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : [];
}

function updated({ now, by }: EditContext): { readonly updatedAt: string; readonly updatedBy: Stamp } {
  return { updatedAt: now, updatedBy: by };
}

function notFound(id: string): Result<never, EditFailure> {
  return failure({ kind: "not-found", id });
}

function invalid(field: string, detail: string): Result<never, EditFailure> {
  return failure({ kind: "invalid", field, detail });
}
