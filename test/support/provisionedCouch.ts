import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson, startScriptedServer, type Asked, type ScriptedServer } from "./scriptedServer";

interface Recorded {
  readonly note?: string;
  readonly as: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

const recordings = ["01-session", "02-database"].flatMap((name) => {
  const url = new URL(`../fixtures/couchdb-3.5/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { exchanges: Recorded[] }).exchanges;
});

/** One answer; null where it was given piece by piece. */
interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const ok = (body: unknown, headers?: Readonly<Record<string, string>>): Reply => ({
  status: 200,
  body,
  ...(headers ? { headers } : {}),
});

/** What Apache CouchDB 3.5 answered in the recording. */
function recorded(as: string, method: string, path: string, note?: string): Reply {
  const found = recordings.find(
    (one) => one.as === as && one.request.method === method && one.request.path === path && one.note === note,
  );
  if (!found) throw new Error(`nothing recorded of ${as}: ${method} ${path} (${note ?? "no note"})`);
  return found.response;
}

interface Account {
  password: string;
  document: Record<string, unknown>;
}

/** What a fresh CouchDB 3.5 holds, and what stands between it and who asks. A test changes it as it likes. */
export interface CouchState {
  readonly databases: Map<string, { security: unknown; query: string; props: object }>;
  readonly accounts: Map<string, Account>;
  /** By section and key, or by node, section and key. */
  readonly settings: Map<string, string>;
  readonly nodes: string[];
  readonly running: string[];
  requiresUser: boolean;
  isLocked: boolean;
  /** What a proxy in between does: keeps answers back, or takes no more than so many bytes. */
  buffers: boolean;
  largestRequest: number;
  /** How far its clock is ahead, in ms. */
  ahead: number;
  /** What becomes of a write in the place of the usual: another answer, or "cut", where it is done and nobody hears. */
  onWrite: (path: string) => Reply | "cut" | null;
}

export interface ProvisionedCouch extends ScriptedServer {
  readonly state: CouchState;
  readonly user: string;
  readonly password: string;
  /** What was written, in order: method, path, and body. */
  readonly written: () => string[];
}

/** New databases of CouchDB 3 are their administrators' alone (its documentation, `default_security`). */
const closed = { admins: { roles: ["_admin"] }, members: { roles: ["_admin"] } };
const admin = { user: "admin", password: "an admin's password" };

/**
 * The part of Apache CouchDB 3.5 that provisioning asks: greeting, sessions and refusals as recorded; accounts, members
 * and settings as its documentation has them.
 */
export async function startProvisionedCouch(): Promise<ProvisionedCouch> {
  const state: CouchState = {
    databases: new Map(),
    accounts: new Map(),
    settings: new Map([["couchdb/uuid", "0202de8d989ca261d782ad779215ab66"]]),
    nodes: ["nonode@nohost"],
    running: ["nonode@nohost"],
    requiresUser: false,
    isLocked: false,
    buffers: false,
    largestRequest: Infinity,
    ahead: 0,
    onWrite: () => null,
  };
  const server = await startScriptedServer((asked, response, request) => {
    response.setHeader("date", new Date(Date.now() + state.ahead).toUTCString());
    const fault = asked.method === "PUT" ? state.onWrite(decodeURIComponent(asked.url)) : null;
    const usual = fault === null || fault === "cut" ? new CouchAnswer(state, asked, response, request).give() : null;
    const reply = fault ?? usual;
    if (reply === "cut") request.socket.destroy();
    else if (reply) answerJson(response, reply.status, reply.body, reply.headers);
  });
  return {
    ...server,
    state,
    ...admin,
    written: () => server.asked.filter(({ method }) => method === "PUT").map(({ url, body }) => `${url} ${body}`),
  };
}

class CouchAnswer {
  readonly #path: string;
  readonly #query: URLSearchParams;
  readonly #who: string | null;

  constructor(
    private readonly state: CouchState,
    private readonly asked: Asked,
    private readonly response: ServerResponse,
    request: IncomingMessage,
  ) {
    const url = new URL(asked.url, "http://couch");
    this.#path = decodeURIComponent(url.pathname.slice(1));
    this.#query = url.searchParams;
    const basic = Buffer.from(request.headers.authorization?.slice("Basic ".length) ?? "", "base64").toString();
    const cookie = /AuthSession=([^;]+)/.exec(asked.cookie ?? "")?.[1];
    if (basic !== "") this.#who = basic === `${admin.user}:${admin.password}` ? admin.user : "wrong";
    else this.#who = cookie === undefined ? null : decodeURIComponent(cookie);
  }

  give(): Reply | null {
    const { state, asked } = this;
    if (asked.body.length > state.largestRequest) return { status: 413, body: "Request Entity Too Large" };
    if (state.isLocked && this.#who !== null) {
      return recorded("nobody", "POST", "/_session", "lin, now with the right password");
    }
    if (this.#who === "wrong") return recorded("nobody", "POST", "/_session", "wrong password");
    if (state.requiresUser && this.#who === null && asked.method !== "POST") {
      return { status: 401, body: { error: "unauthorized", reason: "Authentication required." } };
    }
    if (this.#path === "") return recorded("nobody", "GET", "/");
    if (this.#path === "_session") return this.#session();
    if (this.#path === "_membership") return ok({ all_nodes: state.running, cluster_nodes: state.nodes });
    return this.#path.startsWith("_node/") ? this.#setting() : this.#database();
  }

  #session(): Reply {
    if (this.asked.method === "GET") {
      const userCtx = { name: this.#who, roles: this.#who === admin.user ? ["_admin"] : [] };
      return ok({ ok: true, userCtx, info: {} });
    }
    const { name, password } = JSON.parse(this.asked.body) as { name: string; password: string };
    if (this.state.accounts.get(name)?.password !== password) {
      return recorded("nobody", "POST", "/_session", "wrong password");
    }
    const cookie = `AuthSession=${encodeURIComponent(name)}; Version=1; Max-Age=600; Path=/; HttpOnly`;
    return ok({ ok: true, name, roles: [] }, { "set-cookie": cookie });
  }

  #setting(): Reply {
    const [, node = "", name = ""] = /^_node\/([^/]+)\/_config\/(.*)$/.exec(this.#path) ?? [];
    const value = this.state.settings.get(`${node} ${name}`) ?? this.state.settings.get(name);
    if (value === undefined) return { status: 404, body: { error: "not_found", reason: "unknown_config_value" } };
    return ok(value);
  }

  #database(): Reply | null {
    const { state, asked } = this;
    const [name = "", ...rest] = this.#path.split("/");
    const database = state.databases.get(name);
    if (asked.method === "PUT" && rest.length === 0) {
      if (database) return recorded("admin", "PUT", "/notebook", "an administrator creates an existing database");
      state.databases.set(name, { security: closed, query: this.#query.toString(), props: {} });
      return { status: 201, body: { ok: true } };
    }
    if (!database) return recorded("wei", "GET", "/missing");
    if (this.#who !== admin.user && !this.#isMember(database.security)) {
      if (this.#who === null) return recorded("nobody", "GET", "/notebook/_security");
      return recorded("mei", "GET", "/notebook/_security");
    }
    const resource = rest.join("/");
    if (name === "_users" && resource !== "") return this.#account(resource.replace("org.couchdb.user:", ""));
    if (resource === "_security") return this.#security(database);
    if (resource === "_changes" && this.#query.get("feed") === "longpoll") return this.#feed();
    if (resource === "_revs_limit") return ok(1000);
    if (resource === "") {
      const cluster = { q: 2, n: 1, w: 1, r: 1 };
      return ok({ db_name: name, doc_count: 0, props: database.props, cluster });
    }
    if (asked.method === "PUT") return { status: 201, body: { ok: true, id: resource, rev: "0-1" } };
    if (asked.method === "DELETE") return ok({ ok: true, id: resource, rev: "0-0" });
    return ok({ results: [], rows: [], last_seq: "0", pending: 0 });
  }

  /** CouchDB's rule: everybody where the members name nobody. */
  #isMember(security: unknown): boolean {
    const { members } = security as { members?: { names?: string[]; roles?: string[] } };
    const [names, roles] = [members?.names ?? [], members?.roles ?? []];
    return names.length + roles.length === 0 || (this.#who !== null && names.includes(this.#who));
  }

  #security(database: { security: unknown }): Reply {
    if (this.asked.method === "GET") return ok(database.security);
    database.security = JSON.parse(this.asked.body);
    return ok({ ok: true });
  }

  #account(name: string): Reply {
    const known = this.state.accounts.get(name);
    if (this.asked.method === "GET") {
      if (!known) return { status: 404, body: { error: "not_found", reason: "missing" } };
      return ok(known.document);
    }
    const { password, ...document } = JSON.parse(this.asked.body) as { password: string; _rev?: string };
    if (document._rev !== known?.document["_rev"]) {
      return { status: 409, body: { error: "conflict", reason: "Document update conflict." } };
    }
    const rev = `${Number.parseInt(document._rev ?? "0", 10) + 1}-${"a".repeat(32)}`;
    this.state.accounts.set(name, { password, document: { ...document, derived_key: "…", _rev: rev } });
    return { status: 201, body: { ok: true, id: `org.couchdb.user:${name}`, rev } };
  }

  /** One line break a heartbeat, as recorded. */
  #feed(): null {
    this.response.writeHead(200, { "content-type": "application/json" });
    if (this.state.buffers) return null;
    this.response.write('{"results":[\n');
    const beat = setInterval(() => this.response.write("\n"), Number(this.#query.get("heartbeat")));
    this.response.once("close", () => clearInterval(beat));
    return null;
  }
}
