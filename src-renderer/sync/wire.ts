import type { Arrival } from "../data/syncStore";
import { isJsonObject, sameJson, type JsonObject } from "../domain/jsonValue";
import { idOfContent, parseContent } from "../domain/parseRecord";
import type { Content } from "../domain/record";
import type { QuarantineEntry } from "../domain/syncStatus";
import { itemsOf, memberText, membersOf, objectText } from "./jsonText";

/** The one door for documents of the server. They are hostile until they have passed it; nothing else reads them. */

/** A document with other leaves than the one shown. */
export interface Fork {
  readonly id: string;
  readonly rev: string;
  readonly losers: readonly string[];
}

export interface Documents {
  readonly arrivals: readonly Arrival[];
  readonly quarantined: readonly QuarantineEntry[];
  readonly forks: readonly Fork[];
}

export interface ChangesPage extends Documents {
  /** Rows of the answer, also those that are none of ours; 0 means that nothing waits. */
  readonly rows: number;
  /** The place after the last row, to be sent back whole; its inside means nothing. */
  readonly lastSeq: string;
  /** Changes after this page, where the server counts them. */
  readonly pending: number | null;
}

/** Fields that belong to CouchDB. `_attachments` stays with the document: sent without it, they would be deleted. */
const serverFields = new Set([
  "_id",
  "_rev",
  "_deleted",
  "_conflicts",
  "_deleted_conflicts",
  "_revisions",
  "_revs_info",
  "_local_seq",
]);

/** Ids longer than this are no ids of ours, and the store does not take them. */
const MAX_ID = 240;
const revision = /^\d{1,15}-[\w-]{1,128}$/;

/** The ids in an answer of `_changes`, which may be anything. */
export function changedIds(json: unknown): readonly string[] {
  const rows: unknown = isJsonObject(json) ? json["results"] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => (isJsonObject(row) && typeof row["id"] === "string" ? row["id"] : []));
}

/**
 * Reads an answer of `_changes?include_docs=true`; null if it is none. `at` is an ISO instant. What `isEcho` knows to be
 * sent from here, and has no other leaves, is not looked at again: after a large push the whole of it comes back.
 */
export function readChanges(
  json: unknown,
  text: string,
  at: string,
  isEcho: (id: string, rev: string) => boolean = () => false,
): ChangesPage | null {
  if (!isJsonObject(json) || !Array.isArray(json["results"])) return null;
  const lastSeq = readSeq(json["last_seq"]);
  if (lastSeq === null) return null;
  const rows: unknown[] = json["results"];
  const texts = lazily(() => itemsOf(memberText(text, "results") ?? "[]"));
  const found = rows.map((row, index) =>
    isOnlyEcho(row, isEcho) ? ignored : readChange(row, () => memberText(texts()[index] ?? "{}", "doc"), at),
  );
  return {
    ...collect(found),
    rows: rows.length,
    lastSeq,
    pending: typeof json["pending"] === "number" ? json["pending"] : null,
  };
}

/** Which documents changed, with the revisions of their leaves: an answer of `_changes` without documents. */
export interface ChangesAlone {
  readonly changes: readonly { readonly id: string; readonly leaves: readonly string[] }[];
  readonly rows: number;
  readonly lastSeq: string;
}

/** Reads an answer of `_changes?style=all_docs`; null if it is none. */
export function readLeavesOfChanges(json: unknown): ChangesAlone | null {
  if (!isJsonObject(json) || !Array.isArray(json["results"])) return null;
  const lastSeq = readSeq(json["last_seq"]);
  if (lastSeq === null) return null;
  const rows: unknown[] = json["results"];
  const changes = rows.flatMap((row) => {
    if (!isJsonObject(row) || typeof row["id"] !== "string" || row["id"].startsWith("_")) return [];
    const leaves: unknown[] = Array.isArray(row["changes"]) ? row["changes"] : [];
    return { id: row["id"], leaves: revisionsIn(leaves.map((leaf) => (isJsonObject(leaf) ? leaf["rev"] : undefined))) };
  });
  return { changes, rows: rows.length, lastSeq };
}

/** What `_all_docs` with keys tells about one id. */
export type Lookup =
  | { readonly kind: "missing"; readonly id: string }
  | { readonly kind: "found"; readonly id: string; readonly documents: Documents };

/** Reads an answer of `_all_docs` with keys and documents; null if it is none. */
export function readLookups(json: unknown, text: string, at: string): Lookup[] | null {
  if (!isJsonObject(json) || !Array.isArray(json["rows"])) return null;
  const rows: unknown[] = json["rows"];
  const texts = lazily(() => itemsOf(memberText(text, "rows") ?? "[]"));
  return rows.flatMap((row, index): Lookup[] => {
    if (!isJsonObject(row) || typeof row["key"] !== "string") return [];
    const id = row["key"];
    const value = isJsonObject(row["value"]) ? row["value"] : {};
    if (typeof row["error"] === "string") return [{ kind: "missing", id }];
    const change = { id, deleted: value["deleted"], changes: [{ rev: value["rev"] }], doc: row["doc"] };
    const found = readChange(change, () => memberText(texts()[index] ?? "{}", "doc"), at);
    return [{ kind: "found", id, documents: collect([found]) }];
  });
}

/** A leaf of a forked document with its ancestors, newest first. */
export interface Leaf {
  readonly rev: string;
  readonly content: Content;
  readonly ancestors: readonly string[];
}

/** Reads an answer of `open_revs` with `revs=true`. Leaves that are deleted, missing or unreadable are left out. */
export function readLeaves(json: unknown, text: string): Leaf[] {
  if (!Array.isArray(json)) return [];
  const texts = lazily(() => itemsOf(text));
  return json.flatMap((entry: unknown, index): Leaf[] => {
    const doc = isJsonObject(entry) ? entry["ok"] : undefined;
    if (!isJsonObject(doc) || doc["_deleted"] === true) return [];
    const read = readDocument(doc, () => memberText(texts()[index] ?? "{}", "ok"));
    if (read.kind !== "document") return [];
    return [{ rev: read.rev, content: read.content, ancestors: ancestorsOf(doc["_revisions"]) }];
  });
}

/** Reads one document; null if it cannot be read. */
export function readOne(json: unknown, text: string): Content | null {
  const read = isJsonObject(json) ? readDocument(json, () => text) : null;
  return read?.kind === "document" ? read.content : null;
}

/** The document to send, as JSON text. Without `rev` it is created, or revives what was deleted. */
export function documentText(content: Content, rev: string | undefined): string {
  if (content.kind !== "opaque") {
    const { id, ...fields } = content.record;
    return JSON.stringify({ _id: id, ...(rev === undefined ? {} : { _rev: rev }), ...fields });
  }
  const own = membersOf(content.json).filter(({ key }) => key !== "id");
  return objectText([
    { key: "_id", text: JSON.stringify(content.id) },
    ...(rev === undefined ? [] : [{ key: "_rev", text: JSON.stringify(rev) }]),
    ...own,
  ]);
}

/** The document that deletes a revision: CouchDB's own tombstone, with nothing of the record in it. */
export function deletionText(id: string, rev: string): string {
  return JSON.stringify({ _id: id, _rev: rev, _deleted: true });
}

/** Whether two contents are the same document, whatever the order of their fields. */
export function sameContent(a: Content, b: Content): boolean {
  if (a.kind !== "opaque") return b.kind === a.kind && sameJson(a.record, b.record);
  return (
    b.kind === "opaque" &&
    idOfContent(a) === idOfContent(b) &&
    (a.json === b.json || sameJson(JSON.parse(a.json), JSON.parse(b.json)))
  );
}

type Found =
  | { readonly kind: "ignored" }
  | { readonly kind: "quarantined"; readonly entry: QuarantineEntry }
  | { readonly kind: "arrival"; readonly arrival: Arrival; readonly losers: readonly string[] };

const ignored: Found = { kind: "ignored" };

/** An id named twice counts once, as it was last: a page is one write. */
function collect(found: readonly Found[]): Documents {
  const arrivals = new Map<string, Arrival>();
  const quarantined: QuarantineEntry[] = [];
  const forks: Fork[] = [];
  for (const one of found) {
    if (one.kind === "quarantined") quarantined.push(one.entry);
    if (one.kind !== "arrival") continue;
    arrivals.set(one.arrival.id, one.arrival);
    if (one.losers.length > 0) forks.push({ id: one.arrival.id, rev: one.arrival.rev, losers: one.losers });
  }
  return { arrivals: [...arrivals.values()], quarantined, forks };
}

function isOnlyEcho(row: unknown, isEcho: (id: string, rev: string) => boolean): boolean {
  if (!isJsonObject(row) || typeof row["id"] !== "string") return false;
  const doc = row["doc"];
  if (!isJsonObject(doc) || doc["_id"] !== row["id"] || typeof doc["_rev"] !== "string") return false;
  return revisionsIn(doc["_conflicts"]).length === 0 && isEcho(row["id"], doc["_rev"]);
}

function readChange(row: unknown, text: () => string | undefined, at: string): Found {
  if (!isJsonObject(row) || typeof row["id"] !== "string") return ignored;
  const id = row["id"];
  if (id.startsWith("_")) return ignored;
  const bad = (reason: QuarantineEntry["reason"], detail: string): Found => ({
    kind: "quarantined",
    entry: { id: id.slice(0, MAX_ID), direction: "pull", reason, detail: detail.slice(0, 500), since: at },
  });
  if (id.length > MAX_ID) return bad("bad-id", "the id is too long");
  const doc = row["doc"];
  if (row["deleted"] === true || (isJsonObject(doc) && doc["_deleted"] === true)) {
    const rev = isJsonObject(doc) ? doc["_rev"] : revOfChange(row);
    if (typeof rev !== "string" || !revision.test(rev)) return bad("unreadable", "_rev: not a revision");
    return { kind: "arrival", arrival: { kind: "tombstone", id, rev }, losers: [] };
  }
  // Deleted or purged since the row was made: a later row says what became of it.
  if (doc === null || doc === undefined) return ignored;
  if (!isJsonObject(doc)) return bad("unreadable", "not an object");
  if (doc["_id"] !== id) return bad("unreadable", "_id: not the id of the row");
  const read = readDocument(doc, text);
  if (read.kind === "unreadable") return bad("unreadable", read.detail);
  return {
    kind: "arrival",
    arrival: { kind: "document", id, rev: read.rev, content: read.content },
    losers: revisionsIn(doc["_conflicts"]),
  };
}

type Read =
  | { readonly kind: "document"; readonly rev: string; readonly content: Content }
  | { readonly kind: "unreadable"; readonly detail: string };

function readDocument(doc: JsonObject, text: () => string | undefined): Read {
  const rev = doc["_rev"];
  if (typeof rev !== "string" || !revision.test(rev)) return { kind: "unreadable", detail: "_rev: not a revision" };
  if (Object.hasOwn(doc, "id")) return { kind: "unreadable", detail: "id: a field that documents here do not have" };
  // `fromEntries` defines fields and never calls a setter, so that a field named __proto__ stays one and is refused.
  const own = Object.entries(doc).filter(([key]) => !serverFields.has(key));
  const parsed = parseContent(Object.fromEntries([["id", doc["_id"]], ...own]));
  if (!parsed.ok) return { kind: "unreadable", detail: parsed.failure.detail };
  const content = parsed.value;
  const source = content.kind === "opaque" ? text() : undefined;
  return {
    kind: "document",
    rev,
    content: content.kind === "opaque" && source !== undefined ? { ...content, json: keptText(source) } : content,
  };
}

/** A document's own text with `id` in the place of what belongs to CouchDB. */
function keptText(source: string): string {
  const members = membersOf(source);
  const id = members.findLast(({ key }) => key === "_id")?.text ?? "null";
  return objectText([{ key: "id", text: id }, ...members.filter(({ key }) => !serverFields.has(key))]);
}

function readSeq(seq: unknown): string | null {
  if (typeof seq === "string") return seq;
  // PouchDB counts in integers; early clusters sent arrays, which go back as their JSON text.
  return typeof seq === "number" || Array.isArray(seq) ? JSON.stringify(seq) : null;
}

function revOfChange(row: JsonObject): unknown {
  const changes: unknown = row["changes"];
  const first: unknown = Array.isArray(changes) ? changes[0] : undefined;
  return isJsonObject(first) ? first["rev"] : undefined;
}

function revisionsIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((rev): rev is string => typeof rev === "string" && revision.test(rev));
}

function ancestorsOf(revisions: unknown): string[] {
  if (!isJsonObject(revisions) || !Array.isArray(revisions["ids"])) return [];
  const { start } = revisions;
  if (typeof start !== "number") return [];
  return revisions["ids"].map((id, index) => `${start - index}-${String(id)}`);
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
