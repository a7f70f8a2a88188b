import { expect } from "vitest";
import { isJsonObject, sameJson, type JsonObject } from "../../src-renderer/domain/jsonValue";
import type { ModelRequest } from "./modelServer/exchange";
import { withFaults, type FaultPlan } from "./modelServer/faults";
import type { ModelServer } from "./modelServer/modelServer";
import { systemScheduler } from "./modelServer/scheduler";
import { startModelServer } from "./modelServer/startModelServer";
import { closeTables } from "./notebookDevice";
import { isSynced } from "./syncDevice";
import { startMember, type MemberOptions, type TeamMember } from "./teamMember";

/** A server as Apache CouchDB 3.5 is, and the line to it. */
export interface TeamServer {
  readonly address: string;
  readonly model: ModelServer;
  /** What the line does to each request; null lets it pass. */
  fault: FaultPlan;
  /** Requests that came to the line, e.g. `POST /notebook/_bulk_docs`. */
  readonly seen: string[];
  /** What another client of the server does; the status and the parsed body. */
  ask(method: string, path: string, body?: unknown): { readonly status: number; readonly body: unknown };
  /** Another client writes documents; with `new_edits: false` their revisions are as given. */
  write(documents: readonly object[], newEdits?: boolean): void;
  read(id: string): JsonObject;
  close(): Promise<void>;
}

export interface Team {
  readonly server: TeamServer;
  readonly members: TeamMember[];
  /** A computer with a notebook of its own, not connected yet. */
  member(options?: Partial<MemberOptions>): Promise<TeamMember>;
  /** Another server, perhaps replicating with the first. */
  anotherServer(): Promise<TeamServer>;
  /** Waits until every store and every server has the same records, save those that are listed as set aside. */
  same(within?: number): Promise<void>;
  dispose(): Promise<void>;
}

export async function startTeamServer(): Promise<TeamServer> {
  const running = await startModelServer({
    layer: (handle) =>
      withFaults(
        handle,
        (request) => {
          const path = request.path.replace(/\?.*/, "");
          server.seen.push(`${request.method} ${path}`);
          return server.fault(request);
        },
        systemScheduler,
      ),
  });
  const { address, model } = running;
  const server: TeamServer = {
    address,
    model,
    fault: () => null,
    seen: [],
    ask: (method, path, body) => {
      const { status, body: text } = model.answer({
        method,
        path: `/notebook${path}`,
        headers: { authorization: `Basic ${btoa("admin:pw")}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (typeof text !== "string") throw new Error("the body comes later");
      return { status, body: JSON.parse(text) as unknown };
    },
    write: (documents, newEdits = true) => {
      const answer = server.ask("POST", "/_bulk_docs", { docs: documents, ...(newEdits ? {} : { new_edits: false }) });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      for (const row of answer.body as readonly JsonObject[]) expect(row).not.toHaveProperty("error");
    },
    read: (id) => server.ask("GET", `/${encodeURIComponent(id)}?conflicts=true`).body as JsonObject,
    close: () => running.close(),
  };
  return server;
}

export async function startTeam(): Promise<Team> {
  const servers = [await startTeamServer()];
  const [server] = servers as [TeamServer];
  const members: TeamMember[] = [];
  return {
    server,
    members,
    member: async (options = {}) => {
      const member = await startMember({ address: server.address, seed: members.length + 1, ...options });
      members.push(member);
      return member;
    },
    anotherServer: async () => {
      const another = await startTeamServer();
      servers.push(another);
      return another;
    },
    same: (within = 20_000) => same(servers, members, within),
    dispose: async () => {
      for (const member of members) await member.dispose();
      await closeTables();
      for (const each of servers) await each.close();
    },
  };
}

async function same(servers: readonly TeamServer[], members: readonly TeamMember[], within: number): Promise<void> {
  const end = Date.now() + within;
  for (;;) {
    const differences = await differencesOf(servers, members);
    if (differences.length === 0) return;
    if (Date.now() > end) throw new Error(differences.slice(0, 5).join("\n"));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function differencesOf(servers: readonly TeamServer[], members: readonly TeamMember[]): Promise<string[]> {
  const busy = members.filter(({ engine }) => !isSynced(engine.status()));
  if (busy.length > 0) return busy.map(({ engine }) => `at work: ${JSON.stringify(engine.status())}`);
  const aside = members.flatMap((member) => member.aside());
  // An id that is too long is listed by its beginning.
  const isAside = (id: string): boolean =>
    aside.some((entry) => (entry.reason === "bad-id" ? id.startsWith(entry.id) : id === entry.id));
  const sides = new Map<string, ReadonlyMap<string, unknown>>();
  for (const [index, each] of servers.entries()) sides.set(`server ${index}`, documentsOf(each));
  for (const [index, each] of members.entries()) sides.set(`member ${index}`, await each.shared());
  const ids = new Set([...sides.values()].flatMap((side) => [...side.keys()]).filter((id) => !isAside(id)));
  const differences: string[] = [];
  for (const id of ids) {
    const [first, ...others] = [...sides].map(([name, side]) => ({ name, held: side.get(id) }));
    for (const { name, held } of others) {
      if (first && !(held !== undefined && first.held !== undefined && sameJson(held, first.held)))
        differences.push(`${id}: ${first.name} ${shown(first.held)} and ${name} ${shown(held)}`);
    }
  }
  return differences;
}

function shown(held: unknown): string {
  const text = held === undefined ? "has it not" : JSON.stringify(held);
  return text.length < 1_000 ? text : `${text.slice(0, 500)} … ${text.slice(-500)}`;
}

/** Documents of the server in the shape of stored records. Leaves that were left make a document differ. */
function documentsOf(server: TeamServer): ReadonlyMap<string, unknown> {
  const { rows } = server.ask("GET", "/_all_docs?include_docs=true&conflicts=true").body as {
    rows: readonly { doc: unknown }[];
  };
  return new Map(
    rows.flatMap(({ doc }) => {
      if (!isJsonObject(doc) || typeof doc["_id"] !== "string" || doc["_id"].startsWith("_")) return [];
      const { _id: id, _rev: _, ...fields } = doc;
      return [[doc["_id"], { id, ...fields }] as const];
    }),
  );
}

/** Whether a request goes to this place of the database, e.g. `_bulk_docs`. */
export function isTo(place: string): (request: ModelRequest) => boolean {
  return ({ path }) => path.includes(`/${place}`);
}
