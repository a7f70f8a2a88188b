import { present } from "./present";
import { answerAllDocs, answerLocalDocs } from "./allDocsRoute";
import { answerBulkDocs, answerBulkGet, answerRevsDiff } from "./bulkRoutes";
import { answerChanges } from "./changesRoute";
import { Database, type Security } from "./database";
import { answerDocument, postDocument } from "./documentRoutes";
import { isArray, entriesOf } from "./exactJson";
import { jsonAnswer, Refusal, type ModelResponse } from "./exchange";
import type { IncomingRequest } from "./incomingRequest";
import { answerLocal, locationOf } from "./localDocuments";
import { checkMember, checkServerAdmin, isDatabaseAdmin } from "./permissions";
import { packSeq } from "./sequence";
import { randomId, type ServerState } from "./serverState";
import { Shard } from "./shard";
import { counted } from "./writing";

export function newDatabase(state: ServerState, name: string): Database {
  const shard = (): Shard => new Shard(randomId(state.random).slice(0, 7));
  return new Database(name, Math.floor(state.scheduler.now() / 1000), [shard(), shard()], state.gzip);
}

/** Everything below `/{db}`. A missing database is 404 for everybody, before anything is asked about the user. */
export function answerDatabase(state: ServerState, request: IncomingRequest): ModelResponse {
  const name = present(request.parts[0]);
  const rest = request.parts.slice(1).filter((part, at, all) => part !== "" || at < all.length - 1);
  if (rest.length === 0 && request.method === "PUT") return createDatabase(state, request, name);
  const database = state.databases.get(name);
  if (database === undefined) throw new Refusal(404, "not_found", "Database does not exist.");
  if (rest.length === 0 && request.method === "DELETE") {
    checkServerAdmin(request.user);
    deleteDatabase(state, database);
    return jsonAnswer(200, { ok: true });
  }
  checkMember(database.security, request.user);
  const [first = "", second] = rest;
  if (rest.length === 0) {
    if (request.method === "POST") return postDocument(state, database, request);
    request.allow("DELETE", "GET", "HEAD", "POST");
    return jsonAnswer(200, information(database));
  }
  if (first === "_local" || first === "_design") {
    if (second === undefined) throw new Refusal(404, "not_found", "missing");
    if (rest.length > 2 && first === "_local") {
      throw new Refusal(400, "bad_request", "_local documents do not accept attachments.");
    }
    const id = `${first}/${second}`;
    return first === "_local"
      ? answerLocal(state, database, request, id)
      : answerDocument(state, database, request, id);
  }
  if (first.startsWith("_local/")) return answerLocal(state, database, request, first);
  if (first.startsWith("_") && !first.startsWith("_design/")) return answerSpecial(state, database, request, first);
  if (rest.length > 1) throw new Refusal(404, "not_found", "Document is missing attachment");
  return answerDocument(state, database, request, first);
}

export function deleteDatabase(state: ServerState, database: Database): void {
  state.databases.delete(database.name);
  database.exists = false;
  database.changed();
}

function createDatabase(state: ServerState, request: IncomingRequest, name: string): ModelResponse {
  checkServerAdmin(request.user);
  if (!/^[a-z][a-z0-9_$()+/-]*$/.test(name) && name !== "_users" && name !== "_replicator") {
    const rule =
      "Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.";
    throw new Refusal(400, "illegal_database_name", `Name: '${name}'. ${rule}`);
  }
  if (state.databases.has(name)) {
    throw new Refusal(412, "file_exists", "The database could not be created, the file already exists.");
  }
  const database = newDatabase(state, name);
  state.databases.set(name, database);
  return jsonAnswer(201, { ok: true }, { location: locationOf(request, database, "").replace(/\/$/, "") });
}

function answerSpecial(state: ServerState, database: Database, request: IncomingRequest, part: string): ModelResponse {
  switch (part) {
    case "_changes":
      return answerChanges(state, database, request);
    case "_bulk_docs":
      return answerBulkDocs(state, database, request);
    case "_bulk_get":
      return answerBulkGet(state, database, request);
    case "_all_docs":
      return answerAllDocs(database, request);
    case "_local_docs":
      return answerLocalDocs(database, request);
    case "_revs_diff":
      return answerRevsDiff(database, request);
    case "_security":
      return answerSecurity(database, request);
    case "_revs_limit":
      return answerRevsLimit(state, database, request);
    case "_compact":
      return answerCompact(database, request);
    case "_purge":
      return answerPurge(database, request);
    case "_purged_infos":
      return jsonAnswer(200, { purged_infos: database.purges });
    case "_ensure_full_commit":
      return jsonAnswer(201, { ok: true, instance_start_time: String(database.createdAt) });
    default:
      throw new Refusal(404, "not_found", "missing");
  }
}

/** `GET /{db}`. Sizes are invented. */
function information(database: Database): unknown {
  const external = database.count * 70;
  const purged = database.purges.length;
  return {
    instance_start_time: String(database.createdAt),
    db_name: database.name,
    purge_seq: packSeq([purged === 0 ? 0 : { seq: purged, uuid: database.shards[0].uuid }, 0]),
    update_seq: database.updateSeq,
    sizes: { file: 24_892 + external * 4, external, active: external * 2 },
    props: {},
    doc_del_count: database.deletedCount,
    doc_count: database.count,
    disk_format_version: 8,
    compact_running: false,
    cluster: { q: 2, n: 1, w: 1, r: 1 },
  };
}

function answerSecurity(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("GET", "HEAD", "PUT");
  if (request.method !== "PUT") return jsonAnswer(200, database.security);
  const sent = JSON.parse(request.text()) as Partial<Security>;
  // A member gets no 403 for this: each copy refuses, and what is answered is that too few agreed.
  if (!isDatabaseAdmin(database.security, request.user)) throw new Refusal(500, "error", "no_majority");
  const nobody = { names: [], roles: [] };
  database.setSecurity({ admins: { ...nobody, ...sent.admins }, members: { ...nobody, ...sent.members } });
  return jsonAnswer(200, { ok: true });
}

function answerRevsLimit(state: ServerState, database: Database, request: IncomingRequest): ModelResponse {
  request.allow("GET", "PUT");
  if (request.method === "GET") return { ...jsonAnswer(200, null), body: `${database.revsLimit}\n` };
  if (!isDatabaseAdmin(database.security, request.user)) {
    const reason = '{error,{forbidden,<<"You are not a db or server admin.">>}}';
    throw new Refusal(500, "badmatch", reason, { ref: Math.floor(state.random() * 4_294_967_296) });
  }
  database.revsLimit = Math.max(1, Number(request.text()) || 1);
  for (const shard of database.shards) shard.bump();
  return jsonAnswer(200, { ok: true });
}

function answerCompact(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("POST");
  if (!isDatabaseAdmin(database.security, request.user)) {
    throw new Refusal(401, "unauthorized", "You are not a server or db admin.");
  }
  request.checkContentType();
  database.compact();
  return jsonAnswer(202, { ok: true });
}

/** Purging leaves no row in the feed: nobody is told. */
function answerPurge(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("POST");
  checkServerAdmin(request.user);
  const purged: Record<string, string[]> = {};
  for (const [id, revs] of entriesOf(request.object())) {
    const document = database.documents.get(id);
    const names = isArray(revs) ? revs.filter((rev) => typeof rev === "string") : [];
    purged[id] = [];
    if (document === undefined) continue;
    counted(database, document, () => (purged[id] = document.tree.purge(names)));
    const shard = database.shards[document.shard];
    shard.bump();
    if (document.tree.isEmpty) {
      shard.forget(document);
      database.documents.delete(id);
    }
    database.purges.push({ id, revs: purged[id] });
  }
  return jsonAnswer(201, { purge_seq: null, purged });
}
