import { documentText } from "../../src-renderer/sync/wire";
import { startModelServer } from "../support/modelServer/startModelServer";
import { startSyncServer } from "../support/syncServer";
import { mixedRecords } from "./app/records";

/** A kind of server that is measured against. */
export interface ServerKind {
  readonly name: string;
  /** At the end of the names of its rows. */
  readonly suffix: string;
  start(): Promise<BenchServer>;
}

/** A server of one of the kinds that are measured against, with databases that one member may use. */
export interface BenchServer {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** An empty database with that name. */
  makeDatabase(name: string): Promise<void>;
  /** The number of documents in it. */
  count(database: string): Promise<number>;
  dispose(): Promise<void>;
}

const PAGE = 500;

async function startPouchServer(): Promise<BenchServer> {
  const server = await startSyncServer({ memory: true });
  const asked = async (method: string, resource: string, body?: unknown): Promise<unknown> => {
    const answer = await server.admin(method, resource, body);
    if (answer.status >= 300) throw new Error(`${method} ${resource}: ${answer.status}`);
    return answer.body;
  };
  return {
    address: server.address,
    user: server.user,
    password: server.password,
    makeDatabase: async (name) => {
      await asked("PUT", name);
      await asked("PUT", `${name}/_security`, {
        admins: { names: [], roles: [] },
        members: { names: [server.user], roles: [] },
      });
    },
    count: async (database) => ((await asked("GET", database)) as { doc_count: number }).doc_count,
    dispose: () => server.dispose(),
  };
}

/** The model of CouchDB in this process, which does nothing else while an app is measured. */
async function startModel(): Promise<BenchServer> {
  const user = "wei";
  const password = "pw";
  const running = await startModelServer({ users: { [user]: password } });
  const server: BenchServer = {
    address: running.address,
    user,
    password,
    makeDatabase: (name) => {
      running.model.createDatabase(name, [user]);
      return Promise.resolve();
    },
    count: async (database) => {
      const answer = await fetch(`${server.address}/${database}`, { headers: { cookie: await signIn(server) } });
      return ((await answer.json()) as { doc_count: number }).doc_count;
    },
    dispose: () => running.close(),
  };
  return server;
}

/** PouchDB Server takes long itself, which hides what its clients take. */
export const pouchServer: ServerKind = { name: "pouchdb-server", suffix: "", start: startPouchServer };
export const modelServer: ServerKind = { name: "model of CouchDB 3.5", suffix: ".model", start: startModel };

/** The cookie of a new session. */
async function signIn({ address, user, password }: BenchServer): Promise<string> {
  const answer = await fetch(`${address}/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: user, password }),
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!answer.ok || cookie === undefined) throw new Error(`not signed in: ${answer.status}`);
  return cookie.split(";")[0] ?? "";
}

/** A database with the records that all measures are made with. */
export async function fill(server: BenchServer, database: string, count: number): Promise<void> {
  await server.makeDatabase(database);
  const cookie = await signIn(server);
  const texts = mixedRecords(count).map((content) => documentText(content, undefined));
  for (let from = 0; from < texts.length; from += PAGE) {
    const answer = await fetch(`${server.address}/${database}/_bulk_docs`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: `{"docs":[${texts.slice(from, from + PAGE).join(",")}]}`,
    });
    if (!answer.ok) throw new Error(`filling: ${answer.status}`);
    await answer.text();
  }
}
