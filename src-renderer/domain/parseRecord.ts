import { z } from "zod";
import { failure, success, type Result } from "../../src-main/shared/result";
import { envelope } from "./envelope";
import { fitsAsIs, type FitsAsIs } from "./fitsAsIs";
import { isShippedId, typeOfId } from "./ids";
import { isJsonObject, type JsonObject } from "./jsonValue";
import { MAX_DEPTH, MAX_RECORD_TEXT, MAX_RECORD_VALUES } from "./limits";
import type { AnyRecord, Content, OverlayRecord } from "./record";
import type { RecordKind } from "./recordKind";
import { kindOf } from "./recordKinds";

/** The one door for records that were stored earlier or come from elsewhere; nothing unparsed passes it. */

export interface Unreadable {
  readonly kind: "unreadable";
  /** For a log and the quarantine list, in English: which field, and what is wrong with it. */
  readonly detail: string;
}

const stored = envelope.loose().extend({ data: z.record(z.string(), z.unknown()) });
const label = z.object({
  id: z.string().regex(/^[a-z][a-z-]*:.+$/s),
  type: z.string().min(1),
  v: z.number().int().positive(),
});

/**
 * Reads a plain object `{ id, type, v, …, data }`. What this version knows is parsed and upgraded to the present
 * version; what it does not know (another type, a newer version) is kept as its JSON text. Fields it does not know in
 * a type it does are kept as well.
 */
export function parseContent(json: unknown): Result<Content, Unreadable> {
  const refusal = refuse(json);
  if (refusal !== undefined) return unreadable(refusal);
  if (isRecordAsIs(json)) return success({ kind: "known", record: json });
  const labelled = label.safeParse(json);
  if (!labelled.success) return unreadable(firstIssue(labelled.error));
  const { id, type, v } = labelled.data;
  if (typeOfId(id) !== type) return unreadable(`id: not the id of a record of type ${type}`);
  const kind = kindOf(type);
  if (kind === undefined || v > kind.v) {
    return success({ kind: "opaque", id, type, v, json: JSON.stringify(json) });
  }
  const parsed = stored.safeParse(json);
  if (!parsed.success) return unreadable(firstIssue(parsed.error));
  const schema = isShippedId(id) ? overlaySchema(kind) : kind.schema;
  const data = schema.safeParse(upgrade(kind, v, parsed.data.data));
  if (!data.success) return unreadable(`data.${firstIssue(data.error)}`);
  const record = { ...parsed.data, v: kind.v, data: data.data };
  return success(
    isShippedId(id)
      ? { kind: "overlay", record: record as unknown as OverlayRecord }
      : { kind: "known", record: record as unknown as AnyRecord },
  );
}

const wholes = new Map<RecordKind, FitsAsIs>();

/** Whether there is nothing to parse: a record of this version, as this version writes them. */
function isRecordAsIs(json: unknown): json is AnyRecord {
  if (!isJsonObject(json)) return false;
  const { id, type, v } = json;
  if (typeof id !== "string" || typeof type !== "string") return false;
  const kind = kindOf(type);
  if (kind === undefined || v !== kind.v || typeOfId(id) !== type || isShippedId(id)) return false;
  const fits = wholes.get(kind) ?? fitsAsIs(envelope.loose().extend({ data: kind.schema }));
  wholes.set(kind, fits);
  return fits(json);
}

const overlaySchemas = new Map<RecordKind, z.ZodObject>();

/** Any of the fields, each as its own schema has it or `null`. What is not there stays away: no defaults. */
function overlaySchema(kind: RecordKind): z.ZodObject {
  const made =
    overlaySchemas.get(kind) ??
    z.looseObject(
      Object.fromEntries(
        Object.entries(kind.schema.shape).map(([field, schema]) => [
          field,
          z.union([z.null(), withoutDefault(schema as z.ZodType)]).optional(),
        ]),
      ),
    );
  overlaySchemas.set(kind, made);
  return made;
}

/** Of the changes that a newer version made to a shipped record those fields that this one knows and can read. */
export function fittingFields(kind: RecordKind, data: JsonObject): JsonObject {
  const { shape } = overlaySchema(kind);
  return Object.fromEntries(
    Object.entries(data).filter(
      ([field, value]) => Object.hasOwn(shape, field) && (shape[field] as z.ZodType).safeParse(value).success,
    ),
  );
}

function withoutDefault(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
}

/** The plain object to store or send; `parseContent` reads it back to the same content. */
export function serializeContent(content: Content): JsonObject {
  return content.kind === "opaque"
    ? (JSON.parse(content.json) as JsonObject)
    : (content.record as unknown as JsonObject);
}

/** The same as JSON text, without parsing what is kept as text anyway. */
export function contentText(content: Content): string {
  return content.kind === "opaque" ? content.json : JSON.stringify(content.record);
}

/** The id, of a content of any kind. */
export function idOfContent(content: Content): string {
  return content.kind === "opaque" ? content.id : content.record.id;
}

function upgrade(kind: RecordKind, from: number, data: JsonObject): JsonObject {
  return kind.upgrades.slice(from - 1).reduce((older, step) => step(older), data);
}

/** Why a value is not even looked at: it is no plain JSON, too deep, too large, or tampers with prototypes. */
function refuse(json: unknown): string | undefined {
  return refuseWithin(json, 1, { text: 0, values: 0 }) ?? (isJsonObject(json) ? undefined : "not an object");
}

/** `size`: of what was looked at before. Goes no deeper than a record may be. */
function refuseWithin(value: unknown, depth: number, size: { text: number; values: number }): string | undefined {
  size.values += 1;
  if (typeof value === "string") size.text += value.length;
  if (size.values > MAX_RECORD_VALUES || size.text > MAX_RECORD_TEXT) return "larger than a record may be";
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > MAX_DEPTH) return "deeper than a record may be";
  if (Array.isArray(value)) {
    for (const item of value) {
      const refusal = refuseWithin(item, depth + 1, size);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__") return "a field called __proto__";
    size.text += key.length;
    const refusal = refuseWithin((value as JsonObject)[key], depth + 1, size);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`;
}

function unreadable(detail: string): Result<never, Unreadable> {
  return failure({ kind: "unreadable", detail });
}
