import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src-renderer/data/clock";
import { createSyncEngine, type SyncEngine } from "../../../src-renderer/sync/engine";
import type { Question } from "../../../src-renderer/sync/exchange";
import { Journal } from "../../../src-renderer/sync/journal";
import { createFakeSyncStore, type FakeSyncStore } from "../../support/fakeSyncStore";
import { aContact, changed, wireDocument } from "../../support/recordBuilders";
import { createScriptedGateway, type ScriptedGateway } from "../../support/scriptedGateway";
import { eventually, isSynced, quickLimits, until } from "../../support/syncDevice";

const NOTEBOOK = "http://sync.brussels.example:5984/notebook-of-wei";
let store: FakeSyncStore;
let gateway: ScriptedGateway;
let journal: Journal;
let engine: SyncEngine;

function anEngine(version: string): SyncEngine {
  return createSyncEngine({
    store,
    gateway,
    random: () => 0.01,
    newId: () => "uuid-1",
    limits: quickLimits,
    journal,
    version,
  });
}

beforeEach(async () => {
  store = createFakeSyncStore("laptop");
  gateway = createScriptedGateway();
  // A server that was met before.
  gateway.locals.set("_local/qiao", { _id: "_local/qiao", _rev: "0-1", uuid: "uuid-1" });
  await store.setServerState(NOTEBOOK, { serverId: "uuid-1", checkpoint: "0-start", counter: 0, complete: true });
  journal = new Journal(systemClock);
  engine = anEngine("1.0.0");
});
afterEach(async () => {
  await engine.dispose();
});

interface Sent extends Record<string, unknown> {
  readonly _id: string;
}

const rev = (generation: number, mark: string): string => `${generation}-${mark.repeat(32)}`;
const emptyPage = { status: 200, body: { results: [], last_seq: "0-start", pending: 0 } };
const docsOf = (question: Question): Sent[] => (JSON.parse(question.body ?? "{}") as { docs: Sent[] }).docs;

function sent(): Sent[] {
  return gateway.asked.filter(({ path }) => path === "_bulk_docs").flatMap(docsOf);
}

/** A server with nothing new; `_bulk_docs` and `_all_docs` as told. */
function serve(bulk: (docs: Sent[]) => { status: number; body: unknown }, all?: (keys: string[]) => unknown[]): void {
  gateway.script = (question) => {
    if (question.path === "_changes") return question.query?.["feed"] === "longpoll" ? undefined : emptyPage;
    if (question.path === "_bulk_docs") return bulk(docsOf(question));
    if (question.path === "_all_docs" && all) {
      const { keys } = JSON.parse(question.body ?? "{}") as { keys: string[] };
      return { status: 200, body: { rows: all(keys) } };
    }
    return undefined;
  };
}

const accepts = (docs: Sent[]) => ({
  status: 201,
  body: docs.map(({ _id }) => ({ ok: true, id: _id, rev: rev(2, "f") })),
});
const conflicts = (docs: Sent[]) => ({
  status: 201,
  body: docs.map(({ _id }) => ({ id: _id, error: "conflict", reason: "Document update conflict." })),
});

/** A record that the server has, erased here. */
async function erased(id: string, nameLatin: string): Promise<void> {
  store.edit(aContact(id, { nameLatin }));
  const [row] = await store.waiting(1);
  if (!row) throw new Error("nothing waits");
  await store.accept([{ ...row, rev: rev(1, "a") }]);
  store.erase(`contact:${id}`);
}

describe("a record erased here", () => {
  test("is deleted on the server by a stub without anything of it", async () => {
    await erased("1", "Wei Qiang");
    serve(accepts);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(sent()).toEqual([{ _id: "contact:1", _rev: rev(1, "a"), _deleted: true }]);
    expect(await store.erased(10)).toEqual([]);
  });

  test("comes back as somebody has changed it meanwhile", async () => {
    await erased("1", "Wei");
    const theirs = changed(aContact("1", { nameLatin: "Wei" }), { nameLatin: "Wei Qiang" }, { by: "anna" });
    serve(conflicts, (keys) =>
      keys.map((key) => ({
        key,
        id: key,
        value: { rev: rev(2, "b") },
        doc: { ...wireDocument(theirs), _rev: rev(2, "b") },
      })),
    );
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(store.local("contact:1")).toMatchObject({ content: theirs, rev: rev(2, "b"), dirty: false });
    expect(await store.erased(10)).toEqual([]);
  });

  test("is deleted also where it was put into the bin there once more", async () => {
    await erased("1", "Wei");
    const binned = changed(aContact("1", { nameLatin: "Wei" }), {}, { deletedAt: "2026-11-22T08:00:00.000Z" });
    serve(
      (docs) => (docs.every((doc) => doc["_rev"] === rev(2, "b")) ? accepts(docs) : conflicts(docs)),
      (keys) =>
        keys.map((key) => ({
          key,
          id: key,
          value: { rev: rev(2, "b") },
          doc: { ...wireDocument(binned), _rev: rev(2, "b") },
        })),
    );
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(sent().at(-1)).toEqual({ _id: "contact:1", _rev: rev(2, "b"), _deleted: true });
    expect(store.local("contact:1")).toBeUndefined();
  });

  test.each([
    ["deleted", { value: { rev: rev(3, "c"), deleted: true }, doc: null }],
    ["unknown", { error: "not_found" }],
  ])("is done with where the server says that it is %s already", async (_, row) => {
    await erased("1", "Wei");
    serve(conflicts, (keys) => keys.map((key) => ({ key, id: key, ...row })));
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(await store.erased(10)).toEqual([]);
    expect(store.local("contact:1")).toBeUndefined();
  });
});

describe("what was set aside", () => {
  const unreadable = { id: "contact:1", direction: "pull", reason: "unreadable", detail: "data", since: "" } as const;
  const good = wireDocument(aContact("1", { nameLatin: "Wei" }));

  test("is read from the server anew when a person asks, and stays with its present reason while it cannot be read", async () => {
    await store.setAside([{ ...unreadable, version: "1.0.0" }]);
    let doc: Record<string, unknown> = { ...good, data: { nameLatin: 7 } };
    serve(accepts, (keys) =>
      keys.map((key) => ({ key, id: key, value: { rev: rev(1, "a") }, doc: { ...doc, _rev: rev(1, "a") } })),
    );
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(gateway.asked.filter(({ path }) => path === "_all_docs")).toEqual([]);
    await engine.retry("contact:1", "pull");
    await eventually(async () => expect((await store.quarantine())[0]?.detail).toContain("nameLatin"));
    doc = good;
    await engine.retry("contact:1", "pull");
    await eventually(async () => expect(await store.quarantine()).toEqual([]));
    expect(store.local("contact:1")).toMatchObject({ rev: rev(1, "a"), dirty: false });
  });

  test("is read anew by itself once by another version of the app", async () => {
    await store.setAside([{ ...unreadable, version: "1.0.0" }]);
    serve(accepts, (keys) =>
      keys.map((key) => ({ key, id: key, value: { rev: rev(1, "a") }, doc: { ...good, type: 5, _rev: rev(1, "a") } })),
    );
    const asked = (): number => gateway.asked.filter(({ path }) => path === "_all_docs").length;
    await engine.dispose();
    engine = anEngine("1.1.0");
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(async () => expect(await store.quarantine()).toMatchObject([{ version: "1.1.0" }]));
    expect(asked()).toBe(1);
    engine.syncNow();
    await eventually(() => expect(asked()).toBe(2));
  });

  test("is offered again when a person asks, and nothing else", async () => {
    store.edit(aContact("1", {}));
    store.edit(aContact("2", {}));
    let refuses = true;
    serve((docs) =>
      refuses
        ? { status: 201, body: docs.map(({ _id }) => ({ id: _id, error: "forbidden", reason: "no" })) }
        : accepts(docs),
    );
    engine.start(NOTEBOOK);
    await eventually(async () => expect(await store.quarantine()).toHaveLength(2));
    refuses = false;
    await engine.retry("contact:1", "push");
    await eventually(() => expect(store.local("contact:1")?.dirty).toBe(false));
    expect((await store.quarantine()).map(({ id }) => id)).toEqual(["contact:2"]);
  });
});

test("a record on which the server fails each time does not hold back the others", async () => {
  for (let at = 0; at < 40; at += 1) store.edit(aContact(String(at), {}));
  serve((docs) =>
    docs.some(({ _id }) => _id === "contact:17")
      ? { status: 500, body: { error: "internal_server_error", reason: "badmatch" } }
      : accepts(docs),
  );
  engine.start(NOTEBOOK);
  await eventually(async () =>
    expect(await store.quarantine()).toMatchObject([{ id: "contact:17", reason: "refused" }]),
  );
  await until(engine, isSynced);
  expect(store.ids().filter((id) => store.local(id)?.dirty)).toEqual(["contact:17"]);
});

test("a server that fails on everything is not taken for bad records", async () => {
  for (let at = 0; at < 40; at += 1) store.edit(aContact(String(at), {}));
  let fails = true;
  serve((docs) =>
    fails ? { status: 500, body: { error: "internal_server_error", reason: "badmatch" } } : accepts(docs),
  );
  engine.start(NOTEBOOK);
  await eventually(() => expect(gateway.asked.filter(({ path }) => path === "_bulk_docs").length).toBeGreaterThan(8));
  expect(await store.quarantine()).toEqual([]);
  fails = false;
  await until(engine, isSynced, 30_000);
  expect(await store.quarantine()).toEqual([]);
}, 40_000);

describe("the log for a helper", () => {
  test("says what happened without any name, text, address, user or secret", async () => {
    const secrets = ["Wei", "Qiang", "魏强", "s3cret-word", "brussels", "notebook-of-wei", "anna", "hunter"];
    store.edit(aContact("01890000-0000-7000-8000-000000000001", { nameLatin: "Wei Qiang", nameZh: "魏强" }));
    store.edit(aContact("wei-qiang", { nameLatin: "Wei Qiang" }));
    const row = (id: string, fields: object, seq: string) => ({
      seq,
      id,
      changes: [{ rev: rev(1, "a") }],
      doc: { ...wireDocument(aContact("x", {}, { by: "anna" })), _id: id, _rev: rev(1, "a"), ...fields },
    });
    let pulled = false;
    let failed = false;
    gateway.script = (question) => {
      if (question.path === "_changes") {
        if (question.query?.["feed"] === "longpoll") return undefined;
        if (pulled || question.query?.["descending"]) return emptyPage;
        pulled = true;
        const results = [
          row("contact:Wei Qiang", { data: { "s3cret-word": 1 }, v: "hunter" }, "1-a"),
          row("contact:anna", {}, "2-b"),
        ];
        return { status: 200, body: { results, last_seq: "2-b", pending: 0 } };
      }
      if (question.path !== "_bulk_docs") return undefined;
      if (!failed) {
        failed = true;
        return { kind: "offline", detail: "no route to sync.brussels.example as anna:hunter2" };
      }
      const refused = docsOf(question).map(({ _id }) => ({
        id: _id,
        error: "forbidden",
        reason: "s3cret-word of Wei",
      }));
      return { status: 201, body: refused };
    };
    engine.start(NOTEBOOK);
    await eventually(async () => expect(await store.quarantine()).toHaveLength(3));
    await engine.stop();
    const log = journal.list().join("\n");
    for (const secret of secrets) expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT\S+ start$/m);
    expect(log).toMatch(/ pull records=2 bytes=\d+ took=\d+$/m);
    expect(log).toMatch(/ attempt-ends is=offline$/m);
    expect(log).toMatch(/ set-aside direction=push id=contact:01890000-0000-7000-8000-000000000001 is=refused$/m);
    expect(log).toMatch(/ set-aside direction=push id=\? is=refused$/m);
    expect(log).toMatch(/ stop$/m);
  });

  test("keeps the last 400 lines", () => {
    for (let at = 0; at < 500; at += 1) journal.note("pull", { records: at });
    expect(journal.list()).toHaveLength(400);
    expect(journal.list().at(-1)).toMatch(/records=499$/);
  });
});
