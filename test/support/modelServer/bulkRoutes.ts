import type { Database } from "./database";
import { documentText, leavesAgainstTree, type Wanted } from "./documentText";
import { entriesOf, field, isArray, isObject, type JsonValue } from "./exactJson";
import { jsonAnswer, Refusal, textAnswer, type ModelResponse } from "./exchange";
import { checkedId, documentSize, readDocument, readRev, type IncomingDocument } from "./incomingDocument";
import type { IncomingRequest } from "./incomingRequest";
import { multipart } from "./multipart";
import { revOf, type Revision } from "./revisionTree";
import { randomId, type ServerState } from "./serverState";
import { settledUser } from "./usersDatabase";
import { writeDocuments } from "./writing";

export function answerBulkDocs(state: ServerState, database: Database, request: IncomingRequest): ModelResponse {
  request.allow("POST");
  const body = request.object();
  const docs = field(body, "docs");
  if (docs === undefined) throw new Refusal(400, "bad_request", "POST body must include `docs` parameter.");
  if (!isArray(docs)) throw new Refusal(400, "bad_request", "`docs` parameter must be an array.");
  const documents = docs.map((value) => {
    const document = checkedSize(state, readDocument(value));
    return settledUser(state, database, { ...document, id: document.id ?? randomId(state.random) });
  });
  const newEdits = field(body, "new_edits") !== false;
  if (!newEdits) {
    for (const { rev, history } of documents) {
      if (rev === null && history === null) {
        throw new Refusal(
          400,
          "bad_request",
          "When `new_edits: false`, the document needs `_rev` or `_revisions` specified",
        );
      }
    }
  }
  return jsonAnswer(201, writeDocuments(database, request.user, documents, newEdits));
}

/** Larger than allowed is refused with the id that the document itself names, which need not be there. */
export function checkedSize(state: ServerState, document: IncomingDocument): IncomingDocument {
  const limit = state.settings.maxDocumentSize;
  if (documentSize(document.text, limit) > limit) throw new Refusal(413, "document_too_large", document.id ?? "");
  return document;
}

export function answerBulkGet(state: ServerState, database: Database, request: IncomingRequest): ModelResponse {
  request.allow("POST");
  const docs = field(request.object(), "docs");
  if (!isArray(docs)) throw new Refusal(400, "bad_request", "Missing JSON list of 'docs'.");
  const wanted: Wanted = { revs: request.flag("revs"), attachments: request.flag("attachments") };
  const results = docs.map((entry) => bulkGetResult(database, entry, wanted, request.flag("latest")));
  if (/^multipart\/(mixed|related)/.test(request.header("accept"))) {
    const found = results.flatMap((result) => result.found);
    return multipart(found, `--${randomId(state.random)}`, "\r\n");
  }
  const text = results.map(({ id, docs: shown }) => `{"id":${id},"docs":[${shown.join(",")}]}`).join(",");
  return textAnswer(200, `{"results":[${text}]}\n`);
}

interface BulkGetResult {
  /** JSON text, as are the others. */
  readonly id: string;
  readonly docs: readonly string[];
  readonly found: readonly string[];
}

function bulkGetResult(database: Database, entry: JsonValue, wanted: Wanted, latest: boolean): BulkGetResult {
  const sentId = isObject(entry) ? field(entry, "id") : undefined;
  const sentRev = isObject(entry) ? field(entry, "rev") : undefined;
  if (typeof sentId !== "string") return failed(null, null, "bad_request", "document id missed");
  try {
    checkedId(sentId);
  } catch (error) {
    if (error instanceof Refusal) return failed(sentId, null, error.error, error.reason);
    throw error;
  }
  let rev: string | null = null;
  if (typeof sentRev === "string") {
    try {
      rev = revOf(readRev(sentRev));
    } catch (error) {
      if (error instanceof Refusal) return failed(sentId, sentRev, error.error, error.reason);
      throw error;
    }
  }
  const tree = database.documents.get(sentId)?.tree;
  if (tree === undefined || tree.isEmpty) return failed(sentId, rev ?? "undefined", "not_found", "missing");
  const named = rev === null ? undefined : tree.find(rev);
  const revisions: readonly Revision[] =
    rev === null ? leavesAgainstTree(tree) : named === undefined ? [] : latest ? tree.latest(named) : [named];
  const found = revisions
    .filter(({ content }) => content !== null)
    .map((revision) => documentText(sentId, tree, revision, wanted));
  if (found.length === 0) return failed(sentId, rev, "not_found", "missing");
  return { id: JSON.stringify(sentId), docs: found.map((text) => `{"ok":${text}}`), found };
}

function failed(id: string | null, rev: string | null, error: string, reason: string): BulkGetResult {
  return { id: JSON.stringify(id), docs: [JSON.stringify({ error: { rev, reason, id, error } })], found: [] };
}

export function answerRevsDiff(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("POST");
  const result: Record<string, { missing: string[]; possible_ancestors?: string[] }> = {};
  for (const [id, revs] of entriesOf(request.object())) {
    if (!isArray(revs)) throw new Refusal(400, "bad_request", "Invalid rev format");
    const tree = database.documents.get(id)?.tree;
    const missing = revs.map(readRev).filter((rev) => tree?.find(revOf(rev)) === undefined);
    if (missing.length === 0) continue;
    const newest = Math.max(...missing.map(({ pos }) => pos));
    const before = (tree?.leaves ?? []).filter(({ pos }) => pos < newest).map(revOf);
    result[id] = { missing: missing.map(revOf), ...(before.length > 0 && { possible_ancestors: before }) };
  }
  return jsonAnswer(200, result);
}
