import { present } from "./present";
import { entriesOf, field, isArray, isObject, type JsonObject, type JsonValue } from "./exactJson";
import { Refusal } from "./exchange";
import { readAttachments, type SentAttachment } from "./attachments";
import type { RevisionName } from "./revisionTree";
import { jsonText } from "./valueWalk";

/** A document as sent: its own fields, and what its special fields said. */
export interface IncomingDocument {
  /** Null when none was sent. */
  readonly id: string | null;
  readonly body: JsonValue;
  /** The own fields as JSON text without the braces. */
  readonly text: string;
  readonly deleted: boolean;
  readonly rev: RevisionName | null;
  /** From `_revisions`: ids newest first, `start` is the newest one's number. */
  readonly history: { readonly start: number; readonly ids: readonly string[] } | null;
  readonly attachments: readonly SentAttachment[];
}

const ignored = new Set(["_conflicts", "_deleted_conflicts", "_revs_info", "_local_seq", "_revs"]);

/** Reads a document; what is wrong with it refuses the whole request, as CouchDB does. */
export function readDocument(value: JsonValue): IncomingDocument {
  if (!isObject(value)) throw new Refusal(400, "bad_request", "Document must be a JSON object");
  let id: string | null = null;
  let deleted = false;
  let rev: RevisionName | null = null;
  let history: IncomingDocument["history"] = null;
  let attachments: readonly SentAttachment[] = [];
  const own = ownFields(value, (name, special) => {
    if (name === "_id") id = checkedId(special);
    else if (name === "_rev") rev = readRev(special);
    else if (name === "_revisions") history = readHistory(special);
    else if (name === "_attachments") attachments = readAttachments(special);
    else if (name === "_deleted" && typeof special === "boolean") deleted = special;
    else if (!ignored.has(name)) throw new Refusal(400, "doc_validation", `Bad special document member: ${name}`);
  });
  return { id, body: own, text: innerText(own), deleted, rev, history, attachments };
}

export function checkedId(id: JsonValue): string {
  if (typeof id !== "string") throw new Refusal(400, "illegal_docid", "Document id must be a string");
  if (id === "") throw new Refusal(400, "illegal_docid", "Document id must not be empty");
  if (id.startsWith("_") && !/^_(design|local)\/./.test(id)) {
    throw new Refusal(400, "illegal_docid", "Only reserved document ids may start with underscore.");
  }
  return id;
}

export function readRev(rev: JsonValue): RevisionName {
  const found = typeof rev === "string" ? /^(\d+)-(.+)$/.exec(rev) : null;
  if (found === null) throw new Refusal(400, "bad_request", "Invalid rev format");
  return { pos: Number(found[1]), id: present(found[2]) };
}

function readHistory(value: JsonValue): NonNullable<IncomingDocument["history"]> {
  const start = isObject(value) ? field(value, "start") : undefined;
  const ids = isObject(value) ? field(value, "ids") : undefined;
  if (typeof start !== "number") throw new Refusal(400, "doc_validation", "_revisions.start isn't an integer.");
  if (!isArray(ids)) throw new Refusal(400, "doc_validation", "_revisions.ids isn't a array.");
  return {
    start,
    ids: ids.map((id) => {
      if (typeof id !== "string") throw new Refusal(400, "doc_validation", "RevId isn't a string");
      return id;
    }),
  };
}

type ObjectValue = JsonObject | ReadonlyMap<string, JsonValue>;

/** The fields without an underscore; the others go to `special`. The object itself comes back if there are none. */
function ownFields(value: ObjectValue, special: (name: string, value: JsonValue) => void): ObjectValue {
  if (value instanceof Map) {
    const own = new Map<string, JsonValue>();
    for (const [name, inner] of entriesOf(value)) {
      if (name.startsWith("_")) special(name, inner);
      else own.set(name, inner);
    }
    return own;
  }
  const own: Record<string, JsonValue> = {};
  const plain = value as JsonObject;
  for (const name in plain) {
    if (name.charCodeAt(0) === 95) special(name, present(plain[name]));
    else own[name] = present(plain[name]);
  }
  return own;
}

/** An object's JSON text without the braces. */
function innerText(own: ObjectValue): string {
  return (own instanceof Map ? jsonText(own) : plainText(own)).slice(1, -1);
}

function plainText(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Nested deeper than the call stack allows.
    if (error instanceof RangeError) return jsonText(value);
    throw error;
  }
}

const encoder = new TextEncoder();

/** CouchDB measures a document's own fields in bytes of UTF-8. */
export function documentSize(text: string, atLeast: number): number {
  return text.length * 3 + 2 <= atLeast ? text.length : encoder.encode(text).length + 2;
}
