import type { Database, LocalDocument } from "./database";
import { jsonAnswer, Refusal, textAnswer, type ModelResponse } from "./exchange";
import { checkedSize } from "./bulkRoutes";
import { readDocument } from "./incomingDocument";
import type { IncomingRequest } from "./incomingRequest";
import { md5Hex } from "./md5";
import type { ServerState } from "./serverState";
import { writeLocal } from "./writing";

export function localText(id: string, { rev, content }: LocalDocument): string {
  return `{"_id":${JSON.stringify(id)},"_rev":"0-${rev}"${content.text === "" ? "" : `,${content.text}`}}`;
}

/** A `_local` document: no history, no conflicts, not in the feed. */
export function answerLocal(
  state: ServerState,
  database: Database,
  request: IncomingRequest,
  id: string,
): ModelResponse {
  request.allow("GET", "HEAD", "PUT", "DELETE");
  const there = database.locals.get(id);
  if (request.method === "PUT") {
    const sent = checkedSize(state, readDocument(request.object()));
    const row = writeLocal(database, { ...sent, id });
    return jsonAnswer(201, row, { etag: etag(sent.text), location: locationOf(request, database, id) });
  }
  if (there === undefined) throw new Refusal(404, "not_found", "missing");
  if (request.method === "DELETE") {
    database.locals.delete(id);
    return jsonAnswer(200, { ok: true, id, rev: "0-0" }, { etag: etag("") });
  }
  return textAnswer(200, `${localText(id, there)}\n`, { etag: etag(there.content.text) });
}

/** Of the content alone: equal for equal contents. */
function etag(text: string): string {
  return `"${md5Hex(text).slice(0, 25).toUpperCase()}"`;
}

/** An absolute address, as CouchDB writes it. */
export function locationOf(request: IncomingRequest, database: Database, id: string): string {
  const host = request.header("host") || "127.0.0.1:5984";
  return `http://${host}/${encodeURIComponent(database.name)}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}
