import { answerDatabase } from "./databaseRoutes";
import { BrokenOff, jsonAnswer, Refusal, type ModelRequest, type ModelResponse } from "./exchange";
import { IncomingRequest } from "./incomingRequest";
import { checkServerAdmin } from "./permissions";
import { randomId, type ServerSettings, type ServerState } from "./serverState";
import { answerSession, authenticate, renewal, type Authenticated } from "./sessionRoute";

/** The answer to a request, at once; only a body may arrive later. */
export function answerRequest(state: ServerState, sent: ModelRequest): ModelResponse {
  const request = new IncomingRequest(sent);
  let asker: Authenticated = { user: request.user, by: null, renews: false };
  let response: ModelResponse;
  try {
    asker = authenticate(state, request);
    request.user = asker.user;
    if (request.bodySize() > state.settings.maxRequestSize) {
      throw new Refusal(413, "too_large", "the request entity is too large");
    }
    response = routed(state, request, asker);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response = refused(request, error);
  }
  if (asker.renews && asker.user.name !== null && response.headers["set-cookie"] === undefined) {
    response = { ...response, headers: { ...response.headers, "set-cookie": renewal(state, asker.user.name) } };
  }
  const headers = {
    ...response.headers,
    date: dateHeader(state.scheduler.now()),
    server: "CouchDB/3.5.0 (Erlang OTP/26)",
  };
  return { status: response.status, headers, body: request.method === "HEAD" ? "" : response.body };
}

let lastSecond = -1;
let lastDate = "";

/** The server's clock as a header; made once a second. */
function dateHeader(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastDate = new Date(second * 1000).toUTCString();
  }
  return lastDate;
}

function routed(state: ServerState, request: IncomingRequest, asker: Authenticated): ModelResponse {
  const first = request.parts[0] ?? "";
  switch (first) {
    case "":
      return jsonAnswer(200, welcome(state));
    case "_up":
      return jsonAnswer(200, { status: "ok", seeds: {} });
    case "_session":
      return answerSession(state, request, asker);
    case "_all_dbs":
      checkServerAdmin(request.user);
      return jsonAnswer(200, [...state.databases.keys()].sort());
    case "_uuids": {
      const count = Number(request.query.get("count") ?? 1);
      return jsonAnswer(200, { uuids: Array.from({ length: count }, () => randomId(state.random)) });
    }
    case "_node":
      return answerConfiguration(state, request);
    default:
      return answerDatabase(state, request);
  }
}

function refused(request: IncomingRequest, { status, error, reason, extra }: Refusal): ModelResponse {
  const body = { error, reason, ...extra };
  const prefersPages = request.header("accept").startsWith("text/html");
  if (status === 401 && prefersPages && request.user.name === null) {
    const back = `return=${encodeURIComponent(request.pathname)}&reason=${encodeURIComponent(reason)}`;
    return jsonAnswer(302, body, {
      location: `http://${request.header("host") || "127.0.0.1:5984"}/_utils/session.html?${back}`,
    });
  }
  return jsonAnswer(status, body);
}

function welcome(state: ServerState): unknown {
  return {
    couchdb: "Welcome",
    version: "3.5.0",
    git_sha: "11f0d36",
    uuid: state.uuid,
    features: ["quickjs", "access-ready", "partitioned", "pluggable-storage-engines", "reshard", "scheduler"],
    vendor: { name: "The Apache Software Foundation" },
  };
}

/** The settings that have an effect here, by their names in CouchDB, with what one of theirs is in ours. */
const settings: Readonly<Record<string, { readonly name: keyof ServerSettings; readonly factor: number }>> = {
  "couchdb/max_document_size": { name: "maxDocumentSize", factor: 1 },
  "chttpd/max_http_request_size": { name: "maxRequestSize", factor: 1 },
  "chttpd_auth/timeout": { name: "sessionTimeout", factor: 1000 },
};

/** `/_node/{node}/_config/{section}/{key}`: read, or set to a JSON string; answers what it was before. */
function answerConfiguration(state: ServerState, request: IncomingRequest): ModelResponse {
  checkServerAdmin(request.user);
  const [, , config, section = "", key = ""] = request.parts;
  const setting = config === "_config" ? settings[`${section}/${key}`] : undefined;
  if (setting === undefined) throw new Refusal(404, "not_found", "unknown_config_value");
  request.allow("GET", "PUT");
  const before = String(state.settings[setting.name] / setting.factor);
  if (request.method === "PUT") state.settings[setting.name] = Number(JSON.parse(request.text())) * setting.factor;
  return jsonAnswer(200, before);
}

/** What a client gets from a server that is down. */
export function unreachable(): BrokenOff {
  return new BrokenOff("connection refused");
}
