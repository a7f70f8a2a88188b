import { z } from "zod";
import { failure, success, type Result } from "../../src-main/shared/result";
import { envelope } from "./envelope";
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
  let text = 0;
  let values = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value: json, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value === "string") text += value.length;
    if (values > MAX_RECORD_VALUES || text > MAX_RECORD_TEXT) return "larger than a record may be";
    if (typeof value !== "object" || value === null) continue;
    if (depth > MAX_DEPTH) return "deeper than a record may be";
    if (Array.isArray(value)) {
      for (const item of value) waiting.push({ value: item, depth: depth + 1 });
      continue;
    }
    for (const key of Object.keys(value)) {
      if (key === "__proto__") return "a field called __proto__";
      text += key.length;
      waiting.push({ value: (value as JsonObject)[key], depth: depth + 1 });
    }
  }
  return isJsonObject(json) ? undefined : "not an object";
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`;
}

function unreadable(detail: string): Result<never, Unreadable> {
  return failure({ kind: "unreadable", detail });
}
