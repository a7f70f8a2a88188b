import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startModelServer, type RunningModelServer } from "../support/modelServer/startModelServer";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** What a client can rely on with Apache CouchDB and with PouchDB Server alike, so with the model too. */
interface Subject {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  admin(method: string, path: string, body?: unknown): Promise<number>;
  recreate(): Promise<void>;
  dispose(): Promise<void>;
}

async function modelSubject(): Promise<Subject> {
  const running: RunningModelServer = await startModelServer();
  return {
    address: running.address,
    user: "wei",
    password: "pw",
    database: "notebook",
    admin: async (method, path, body) => (await ask(running.address, "admin:pw", method, path, body)).status,
    recreate: async () => running.model.recreateDatabase("notebook"),
    dispose: () => running.close(),
  };
}

async function pouchSubject(): Promise<Subject> {
  const running: SyncServer = await startSyncServer({ memory: true });
  return {
    ...running,
    admin: async (method, path, body) => (await running.admin(method, path.slice(1), body)).status,
    recreate: () => running.recreateDatabase(),
    dispose: () => running.dispose(),
  };
}

async function ask(
  address: string,
  credentials: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const answer = await fetch(address + path, {
    method,
    headers: {
      accept: "application/json",
      ...(credentials !== null && { authorization: `Basic ${btoa(credentials)}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown, headers: answer.headers };
}

interface Row {
  readonly ok?: boolean;
  readonly id: string;
  readonly rev: string;
  readonly error?: string;
}
interface Feed {
  readonly results: readonly {
    readonly id: string;
    readonly deleted?: boolean;
    readonly changes: readonly { readonly rev: string }[];
    readonly doc?: Readonly<Record<string, unknown>>;
  }[];
  readonly last_seq: string | number;
}

const a = "a".repeat(32);
const b = "b".repeat(32);

describe.each([
  ["the model", modelSubject],
  ["PouchDB Server", pouchSubject],
] as const)("%s", (_, start) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await start();
  });
  afterAll(() => subject.dispose());
  beforeEach(() => subject.recreate());

  const member = async (method: string, path: string, body?: unknown): ReturnType<typeof ask> =>
    ask(subject.address, `${subject.user}:${subject.password}`, method, `/${subject.database}${path}`, body);
  const write = async (...docs: readonly object[]): Promise<readonly Row[]> =>
    (await member("POST", "/_bulk_docs", { docs })).body as readonly Row[];
  const graft = (...docs: readonly object[]): ReturnType<typeof ask> =>
    member("POST", "/_bulk_docs", { docs, new_edits: false });
  const changes = async (query = ""): Promise<Feed> => (await member("GET", `/_changes?${query}`)).body as Feed;

  test("accepts new documents and lists each once in the feed", async () => {
    const rows = await write({ _id: "x", n: 1 }, { _id: "y", n: 2 });
    expect(rows.map(({ ok, id }) => [ok, id])).toEqual([
      [true, "x"],
      [true, "y"],
    ]);
    const { results } = await changes("since=0&include_docs=true");
    expect(results.map(({ id }) => id).sort()).toEqual(["x", "y"]);
    expect(results.find(({ id }) => id === "x")?.doc).toMatchObject({ _id: "x", n: 1, _rev: rows[0]?.rev });
  });

  test("takes an edit with the right rev and refuses one with an old rev", async () => {
    const [first] = await write({ _id: "x", n: 1 });
    const [second] = await write({ _id: "x", _rev: first?.rev, n: 2 });
    expect(second).toMatchObject({ ok: true, id: "x" });
    expect(second?.rev).toMatch(/^2-/);
    const [stale] = await write({ _id: "x", _rev: first?.rev, n: 3 });
    expect(stale).toMatchObject({ id: "x", error: "conflict" });
    expect((await member("GET", "/x")).body).toEqual({ _id: "x", _rev: second?.rev, n: 2 });
  });

  test("goes on from the last seq with nothing, then with what came", async () => {
    await write({ _id: "x", n: 1 });
    const { last_seq: seen } = await changes("since=0");
    expect((await changes(`since=${seen}`)).results).toEqual([]);
    await write({ _id: "y", n: 1 });
    expect((await changes(`since=${seen}`)).results.map(({ id }) => id)).toEqual(["y"]);
  });

  test("shows a deleted document as deleted and lets it be made again", async () => {
    const [made] = await write({ _id: "x", n: 1 });
    await write({ _id: "x", _rev: made?.rev, _deleted: true });
    expect((await changes("since=0")).results).toMatchObject([{ id: "x", deleted: true }]);
    expect((await member("GET", "/x")).status).toBe(404);
    const [again] = await write({ _id: "x", n: 2 });
    expect(again).toMatchObject({ ok: true });
    expect(again?.rev).toMatch(/^3-/);
  });

  test("keeps branches written by replication and lets the longer one win", async () => {
    await write({ _id: "x", n: 1 });
    const [mine] = (await changes()).results[0]?.changes ?? [];
    expect((await graft({ _id: "x", n: 2, _revisions: { start: 2, ids: [a, b] } })).body).toEqual([]);
    const { body } = await member("GET", "/x?conflicts=true&revs=true");
    expect(body).toMatchObject({ _rev: `2-${a}`, _conflicts: [mine?.rev], _revisions: { start: 2, ids: [a, b] } });
  });

  test("lets the larger id win between branches of one length, and a live one before a deleted one", async () => {
    await graft({ _id: "x", n: 1, _rev: `1-${a}` }, { _id: "x", n: 2, _rev: `1-${b}` });
    expect((await member("GET", "/x")).body).toMatchObject({ _rev: `1-${b}` });
    await write({ _id: "x", _rev: `1-${b}`, _deleted: true });
    expect((await member("GET", "/x")).body).toMatchObject({ _rev: `1-${a}` });
  });

  test("merges and retires branches in one batch", async () => {
    await graft({ _id: "x", n: 1, _rev: `1-${a}` }, { _id: "x", n: 2, _rev: `1-${b}` });
    const rows = await write({ _id: "x", _rev: `1-${b}`, n: 3 }, { _id: "x", _rev: `1-${a}`, _deleted: true });
    expect(rows.map(({ ok }) => ok)).toEqual([true, true]);
    const { body } = await member("GET", "/x?conflicts=true");
    expect(body).toEqual({ _id: "x", _rev: rows[0]?.rev, n: 3 });
  });

  test("names the revisions it misses", async () => {
    await graft({ _id: "x", n: 1, _rev: `1-${a}` });
    const { body } = await member("POST", "/_revs_diff", { x: [`1-${a}`, `1-${b}`], y: [`1-${b}`] });
    expect(body).toMatchObject({ x: { missing: [`1-${b}`] }, y: { missing: [`1-${b}`] } });
  });

  test("answers keys one by one, in the order asked", async () => {
    await write({ _id: "x", n: 1 });
    const { body } = await member("POST", "/_all_docs?include_docs=true", { keys: ["none", "x"] });
    expect((body as { rows: unknown }).rows).toMatchObject([
      { key: "none", error: "not_found" },
      { id: "x", doc: { n: 1 } },
    ]);
  });

  test("gives an inner revision by _bulk_get", async () => {
    const [first] = await write({ _id: "x", n: 1 });
    await write({ _id: "x", _rev: first?.rev, n: 2 });
    const { body } = await member("POST", "/_bulk_get?revs=true", { docs: [{ id: "x", rev: first?.rev }] });
    expect(body).toMatchObject({ results: [{ id: "x", docs: [{ ok: { n: 1, _rev: first?.rev } }] }] });
  });

  test("keeps _local documents out of the feed", async () => {
    expect((await member("PUT", "/_local/device", { n: 1 })).status).toBe(201);
    expect((await member("GET", "/_local/device")).body).toMatchObject({ _id: "_local/device", n: 1 });
    expect((await changes()).results).toEqual([]);
  });

  test("wakes a longpoll when something is written", async () => {
    const { last_seq: seen } = await changes();
    const waiting = changes(`feed=longpoll&since=${seen}&heartbeat=1000`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await write({ _id: "x", n: 1 });
    expect((await waiting).results.map(({ id }) => id)).toEqual(["x"]);
  });

  test("lets nobody in without the right password", async () => {
    expect((await ask(subject.address, null, "GET", `/${subject.database}`)).status).toBe(401);
    const wrong = await ask(subject.address, `${subject.user}:wrong`, "GET", `/${subject.database}`);
    expect(wrong.status).toBe(401);
  });

  test("signs in with a cookie that opens the database", async () => {
    const { user: name, password } = subject;
    const login = await ask(subject.address, null, "POST", "/_session", { name, password });
    expect(login.body).toMatchObject({ ok: true, name });
    const cookie = /AuthSession=[^;]+/.exec(login.headers.get("set-cookie") ?? "")?.[0] ?? "";
    const answer = await fetch(`${subject.address}/${subject.database}`, { headers: { cookie } });
    expect(answer.status).toBe(200);
  });

  test("does not make a database that is there, and says so", async () => {
    expect(await subject.admin("PUT", `/${subject.database}`)).toBe(412);
  });
});
