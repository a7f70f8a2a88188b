import { collectChanges, feedEnd, feedRows, feedStart, type ChangesQuery, type Filter } from "./changes";
import type { Database, StoredDocument } from "./database";
import { documentText } from "./documentText";
import { Refusal, textAnswer, type ModelResponse } from "./exchange";
import type { IncomingRequest } from "./incomingRequest";
import { liveFeed } from "./liveFeed";
import { readSelector } from "./selector";
import type { ServerState } from "./serverState";
import { theBeginning, unpackSeq } from "./sequence";

const defaultTimeout = 60_000;

export function answerChanges(state: ServerState, database: Database, request: IncomingRequest): ModelResponse {
  request.allow("GET", "POST");
  const feed = request.query.get("feed") ?? "normal";
  if (!["normal", "continuous", "live", "longpoll", "eventsource"].includes(feed)) {
    throw new Refusal(400, "bad_request", "Supported `feed` types: normal, continuous, live, longpoll, eventsource");
  }
  const timeout = numberParameter(state, request, "timeout");
  const heartbeat = request.flag("heartbeat") ? defaultTimeout : numberParameter(state, request, "heartbeat");
  const query = readChangesQuery(state, request);
  if (feed === "normal") {
    const page = collectChanges(database, query, state.interleave);
    const etag = `"${database.updateSeq.slice(-25).toUpperCase()}"`;
    return textAnswer(200, `${feedStart}${feedRows(page)}${feedEnd(page)}\n`, { etag });
  }
  if (feed === "eventsource") throw new Refusal(501, "not_implemented", "the model has no eventsource feed");
  const body = liveFeed(database, query, {
    feed: feed === "longpoll" ? "longpoll" : "continuous",
    timeout: timeout === null ? defaultTimeout : Math.min(timeout, defaultTimeout),
    heartbeat: heartbeat === null || heartbeat <= 0 ? null : heartbeat,
    scheduler: state.scheduler,
    interleave: state.interleave,
    wakesEarly: state.wakesEarly,
    opened: (breakOff) => state.feedOpened(breakOff),
  });
  return { status: 200, headers: { "content-type": "application/json" }, body };
}

/** What is no number is a 500 for CouchDB. */
function numberParameter(state: ServerState, request: IncomingRequest, name: string): number | null {
  const value = request.query.get(name);
  if (value === undefined || value === "false") return null;
  if (!/^-?\d+$/.test(value)) throw badArgument(state);
  return Number(value);
}

function badArgument(state: ServerState): Refusal {
  return new Refusal(500, "unknown_error", "badarg", { ref: Math.floor(state.random() * 4_294_967_296) });
}

function readChangesQuery(state: ServerState, request: IncomingRequest): ChangesQuery {
  const limit = numberParameter(state, request, "limit");
  const style = request.query.get("style") ?? "main_only";
  if (style !== "main_only" && style !== "all_docs") throw badArgument(state);
  const since = request.query.get("since");
  return {
    since: since === undefined ? theBeginning : since === "now" ? "now" : unpackSeq(since),
    limit: limit === null || limit < 0 ? null : limit,
    descending: request.flag("descending"),
    allLeaves: style === "all_docs",
    includeDocs: request.flag("include_docs"),
    conflicts: request.flag("conflicts"),
    attachments: request.flag("attachments"),
    filter: readFilter(request),
    seqInterval: Math.max(1, numberParameter(state, request, "seq_interval") ?? 1),
  };
}

function readFilter(request: IncomingRequest): Filter | null {
  const name = request.query.get("filter");
  if (name === undefined) return null;
  if (name === "_design") return { kind: "lookup", passes: ({ id }) => id.startsWith("_design/") };
  if (name === "_doc_ids") {
    const ids = new Set(docIds(request));
    return { kind: "lookup", passes: ({ id }) => ids.has(id) };
  }
  if (name === "_selector" && request.method === "POST") {
    const passes = readSelector(bodyField(request, "selector"));
    return { kind: "passes", passes: (document) => passes(winnerOf(document)) };
  }
  throw new Refusal(404, "not_found", "missing");
}

function docIds(request: IncomingRequest): unknown[] {
  const query = request.query.get("doc_ids");
  const ids: unknown = query === undefined ? bodyField(request, "doc_ids") : JSON.parse(query);
  if (!Array.isArray(ids)) throw new Refusal(400, "bad_request", "`doc_ids` filter parameter is not a list.");
  return ids;
}

function bodyField(request: IncomingRequest, name: string): unknown {
  if (request.method !== "POST") return undefined;
  request.object();
  return (JSON.parse(request.text()) as Record<string, unknown>)[name];
}

function winnerOf({ id, tree }: StoredDocument): Record<string, unknown> {
  return JSON.parse(documentText(id, tree, tree.winner)) as Record<string, unknown>;
}
