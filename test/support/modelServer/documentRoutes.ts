import { checkedSize } from "./bulkRoutes";
import type { Database } from "./database";
import { documentText, leavesByName, metaFields, type Wanted } from "./documentText";
import { field } from "./exactJson";
import { jsonAnswer, Refusal, textAnswer, type ModelResponse } from "./exchange";
import { checkedId, readDocument, readRev } from "./incomingDocument";
import type { IncomingRequest } from "./incomingRequest";
import { locationOf } from "./localDocuments";
import { multipart } from "./multipart";
import { revOf, type Revision, type RevisionTree } from "./revisionTree";
import { randomId, type ServerState } from "./serverState";
import { settledUser } from "./usersDatabase";
import { writeDocuments, type NamedDocument } from "./writing";

export function answerDocument(
  state: ServerState,
  database: Database,
  request: IncomingRequest,
  id: string,
): ModelResponse {
  switch (request.method) {
    case "GET":
    case "HEAD":
      return getDocument(state, database, request, id);
    case "PUT":
      return putDocument(state, database, request, id);
    case "DELETE":
      return deleteDocument(database, request, id);
    default:
      throw new Refusal(405, "method_not_allowed", "Only DELETE,GET,HEAD,POST,PUT,COPY allowed");
  }
}

/** POST on a database: a document whose id the server may make. */
export function postDocument(state: ServerState, database: Database, request: IncomingRequest): ModelResponse {
  const sent = checkedSize(state, readDocument(request.object()));
  return written(database, request, settledUser(state, database, { ...sent, id: sent.id ?? randomId(state.random) }));
}

function getDocument(state: ServerState, database: Database, request: IncomingRequest, id: string): ModelResponse {
  const wanted: Wanted = {
    revs: request.flag("revs"),
    revsInfo: request.flag("revs_info") || request.flag("meta"),
    conflicts: request.flag("conflicts") || request.flag("meta"),
    deletedConflicts: request.flag("deleted_conflicts") || request.flag("meta"),
    attachments: request.flag("attachments"),
  };
  const tree = database.documents.get(id)?.tree;
  if (tree === undefined || tree.isEmpty) throw new Refusal(404, "not_found", "missing");
  const openRevs = request.query.get("open_revs");
  if (openRevs !== undefined) return openRevisions(state, request, id, tree, openRevs, wanted);
  const rev = request.query.get("rev");
  let revision: Revision | undefined = tree.winner;
  if (rev !== undefined) {
    revision = tree.find(revOf(readRev(rev)));
    if (revision !== undefined && request.flag("latest")) revision = tree.latest(revision)[0];
    if (revision === undefined || revision.content === null) throw new Refusal(404, "not_found", "missing");
  } else if (revision.deleted) throw new Refusal(404, "not_found", "deleted");
  const etag = `"${revOf(revision)}"`;
  if (request.header("if-none-match") === etag) return { status: 304, headers: { etag }, body: "" };
  const headers: Readonly<Record<string, string>> = metaFields(tree, revision, wanted).length > 0 ? {} : { etag };
  return textAnswer(200, `${documentText(id, tree, revision, wanted)}\n`, headers);
}

/** Several revisions of a document. Only an Accept that names JSON gets JSON; all others get a multipart answer. */
function openRevisions(
  state: ServerState,
  request: IncomingRequest,
  id: string,
  tree: RevisionTree,
  asked: string,
  wanted: Wanted,
): ModelResponse {
  const found: { readonly rev: string; readonly text: string | null }[] = [];
  const show = (revision: Revision): void => {
    found.push({ rev: revOf(revision), text: documentText(id, tree, revision, wanted) });
  };
  if (asked === "all") leavesByName(tree).forEach(show);
  else {
    for (const rev of readRevs(asked)) {
      const revision = tree.find(rev);
      if (revision !== undefined && request.flag("latest")) tree.latest(revision).forEach(show);
      else if (revision === undefined || revision.content === null) found.push({ rev, text: null });
      else show(revision);
    }
  }
  if (!/\bapplication\/json\b/.test(request.header("accept"))) {
    const parts = found.flatMap(({ text }) => (text === null ? [] : [text]));
    return multipart(parts, randomId(state.random), "");
  }
  const shown = found.map(({ rev, text }) => (text === null ? `{"missing":"${rev}"}` : `{"ok":${text}}`));
  return textAnswer(200, `[${shown.join(",")}]\n`);
}

function readRevs(asked: string): string[] {
  let revs: unknown;
  try {
    revs = JSON.parse(asked);
  } catch {
    throw new Refusal(400, "bad_request", "invalid UTF-8 JSON");
  }
  if (!Array.isArray(revs)) throw new Refusal(400, "bad_request", "Invalid rev format");
  return revs.map((rev) => revOf(readRev(rev as string)));
}

function putDocument(state: ServerState, database: Database, request: IncomingRequest, id: string): ModelResponse {
  checkedId(id);
  const body = request.object();
  const sent = checkedSize(state, readDocument(body));
  const rev = field(body, "_rev") === undefined ? sentRev(request) : sent.rev;
  const document = settledUser(state, database, { ...sent, id, rev });
  if (request.query.get("new_edits") !== "false") return written(database, request, document);
  const [refused] = writeDocuments(database, request.user, [document], false);
  if (refused !== undefined && "error" in refused) throw refusalOf(refused);
  const name = document.rev === null ? `${document.history?.start}-${document.history?.ids[0]}` : revOf(document.rev);
  return jsonAnswer(
    201,
    { ok: true, id, rev: name },
    { etag: `"${name}"`, location: locationOf(request, database, id) },
  );
}

function deleteDocument(database: Database, request: IncomingRequest, id: string): ModelResponse {
  const tree = database.documents.get(id)?.tree;
  if (tree === undefined || tree.isEmpty) throw new Refusal(404, "not_found", "missing");
  if (tree.winner.deleted) throw new Refusal(404, "not_found", "deleted");
  const rev = sentRev(request);
  const tombstone = { id, body: {}, text: "", deleted: true, rev, history: null, attachments: [] };
  return written(database, request, tombstone, 200);
}

function sentRev(request: IncomingRequest): NamedDocument["rev"] {
  const rev = request.query.get("rev") ?? request.header("if-match").replaceAll('"', "");
  return rev === "" ? null : readRev(rev);
}

function written(database: Database, request: IncomingRequest, document: NamedDocument, status = 201): ModelResponse {
  const [row] = writeDocuments(database, request.user, [document], true);
  if (row === undefined) throw new Error("a written document has no row");
  if ("error" in row) throw refusalOf(row);
  const etag = `"${row.rev}"`;
  const location: Readonly<Record<string, string>> =
    status === 201 ? { location: locationOf(request, database, row.id) } : {};
  return jsonAnswer(status, row, { etag, ...location });
}

const statusOfError: Readonly<Record<string, number>> = { conflict: 409, forbidden: 403, unauthorized: 401 };

function refusalOf({ error, reason }: { readonly error: string; readonly reason: string }): Refusal {
  return new Refusal(statusOfError[error] ?? 500, error, reason);
}
