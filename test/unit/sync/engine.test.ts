import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Question } from "../../../src-renderer/sync/exchange";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../../src-renderer/sync/engine";
import { createFakeSyncStore, type FakeSyncStore } from "../../support/fakeSyncStore";
import { aContact, aRecord, changed, wireDocument } from "../../support/recordBuilders";
import { createScriptedGateway, type ScriptedGateway } from "../../support/scriptedGateway";
import { eventually, isSynced, quickLimits, until } from "../../support/syncDevice";

/** Answers as Apache CouchDB 3.5 was recorded to give them (test/fixtures/couchdb-3.5). */

const NOTEBOOK = "http://127.0.0.1:5984/notebook";
let store: FakeSyncStore;
let gateway: ScriptedGateway;
let engine: SyncEngine;

beforeEach(() => {
  store = createFakeSyncStore("laptop");
  gateway = createScriptedGateway();
  engine = createSyncEngine({ store, gateway, random: () => 0.05, newId: () => "uuid-1", limits: quickLimits });
});
afterEach(async () => {
  await engine.dispose();
});

const emptyPage = { status: 200, body: { results: [], last_seq: "0-start", pending: 0 } };
function rev(generation: number, mark: string): string {
  return `${generation}-${mark.repeat(32)}`;
}
function change(document: Record<string, unknown>, revision: string, seq: string) {
  return { seq, id: document["_id"], changes: [{ rev: revision }], doc: { ...document, _rev: revision } };
}
function page(lastSeq: string, ...results: unknown[]) {
  return { status: 200, body: { results, last_seq: lastSeq, pending: 0 } };
}
function docsOf(question: Question): Record<string, unknown>[] {
  return (JSON.parse(question.body ?? "{}") as { docs: Record<string, unknown>[] }).docs;
}
function askedFor(path: string): Question[] {
  return gateway.asked.filter((question) => question.path === path);
}
/** Feeds pages in order to requests of `_changes`; a long-poll without one stays open. */
function feed(...pages: readonly { status: number; body: unknown }[]) {
  const left = [...pages];
  return (question: Question) => {
    if (question.path !== "_changes") return undefined;
    if (question.query?.["descending"]) return emptyPage;
    return left.shift() ?? (question.query?.["feed"] === "longpoll" ? undefined : emptyPage);
  };
}
function acceptAll(question: Question) {
  if (question.path !== "_bulk_docs") return undefined;
  const rows = docsOf(question).map(({ _id }) => ({ ok: true, id: _id, rev: rev(1, "f") }));
  return { status: 201, body: rows };
}

describe("pulling", () => {
  test("the newest come first without a place kept, then pages from the stored place, then one long-poll", async () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    const row = change(wireDocument(contact), rev(1, "a"), "2-g1AAAA_-");
    let pages = 0;
    gateway.script = (question) => {
      if (question.path !== "_changes") return undefined;
      if (question.query?.["descending"]) return page("9-zzz", row);
      if (question.query?.["feed"] === "longpoll") return undefined;
      pages += 1;
      return pages === 1 ? page("2-g1AAAA_-", row) : page("2-g1AAAA_-");
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(() => expect(askedFor("_changes")).toHaveLength(4));
    const all = { include_docs: true, conflicts: true, attachments: false };
    expect(askedFor("_changes").map(({ query }) => query)).toEqual([
      { ...all, descending: true, limit: 100 },
      { ...all, since: 0, limit: 100 },
      { ...all, since: "2-g1AAAA_-", limit: 200 },
      { ...all, since: "2-g1AAAA_-", limit: 500, feed: "longpoll", heartbeat: 300 },
    ]);
    expect(askedFor("_changes").some(({ query }) => query?.["since"] === "now")).toBe(false);
    expect(store.writes).toBe(1);
  });

  test("the newest are asked for beside who the server is, and not where a place is kept", async () => {
    gateway.script = feed(page("2-b", change(wireDocument(aContact("1", {})), rev(1, "a"), "2-b")));
    engine.start(NOTEBOOK);
    await eventually(() => expect(gateway.asked.length).toBeGreaterThanOrEqual(3));
    expect(gateway.asked.slice(0, 3).map(({ path }) => path)).toEqual([
      "_changes",
      "_local/qiao",
      "_local/qiao-laptop",
    ]);
    await until(engine, isSynced);
    await engine.stop();
    const before = gateway.asked.length;
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(gateway.asked.slice(before).some(({ query }) => query?.["descending"])).toBe(false);
  });

  test("the next page is on its way while one is written", async () => {
    const [a, b] = [aContact("1", {}), aContact("2", {})];
    gateway.script = feed(
      page("2-b", change(wireDocument(a), rev(1, "a"), "2-b")),
      page("3-c", change(wireDocument(b), rev(1, "a"), "3-c")),
    );
    const write = store.writePulled.bind(store);
    Object.assign(store, {
      writePulled: async (...args: Parameters<typeof write>) => {
        const since = args[1].checkpoint;
        await eventually(() => expect(askedFor("_changes").some(({ query }) => query?.["since"] === since)).toBe(true));
        return write(...args);
      },
    });
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(store.ids()).toEqual(["contact:1", "contact:2"]);
  });

  test("while much is pushed the feed brings no documents, and what others wrote is fetched by itself", async () => {
    const other = aContact("9", { nameLatin: "Anna" });
    let told = false;
    gateway.script = (question) => {
      if (question.path === "_all_docs") {
        const doc = { ...wireDocument(other), _rev: rev(1, "b") };
        const rows = [{ key: "contact:9", id: "contact:9", value: { rev: rev(1, "b") }, doc }];
        return { status: 200, body: { total_rows: 1, rows } };
      }
      if (question.path === "_changes" && question.query?.["feed"] === "longpoll" && !told) {
        told = true;
        return page("9-x", { seq: "9-x", id: "contact:9", changes: [{ rev: rev(1, "b") }] });
      }
      return acceptAll(question) ?? feed()(question);
    };
    await engine.dispose();
    const limits = { ...quickLimits, batch: 2 };
    engine = createSyncEngine({ store, gateway, random: () => 0.05, newId: () => "uuid-1", limits });
    for (const id of ["1", "2", "3", "4", "5"]) store.edit(aContact(id, {}));
    engine.start(NOTEBOOK);
    await eventually(() => expect(store.local("contact:9")).toMatchObject({ rev: rev(1, "b"), dirty: false }));
    await until(engine, isSynced);
    const [poll] = askedFor("_changes").filter(({ query }) => query?.["feed"] === "longpoll");
    expect(poll?.query).toMatchObject({ style: "all_docs" });
    expect(poll?.query).not.toHaveProperty("include_docs");
    expect(askedFor("_all_docs").map(({ body }) => body)).toEqual([JSON.stringify({ keys: ["contact:9"] })]);
  });

  test("a long-poll that says `pending: 0` is asked again from its place, and what waited arrives", async () => {
    const [a, b] = ["1", "2"].map((id) => wireDocument(aContact(id, {}))) as [
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    gateway.script = feed(
      emptyPage,
      page("19-a", change(a, rev(1, "a"), "19-a")),
      page("21-b", change(b, rev(1, "b"), "21-b")),
    );
    engine.start(NOTEBOOK);
    await eventually(() => expect(store.ids()).toEqual(["contact:1", "contact:2"]));
    await eventually(() => expect(gateway.asked.at(-1)?.query).toMatchObject({ feed: "longpoll", since: "21-b" }));
  });

  test("a long-poll that ends empty means that the database may be another one: who it is, is asked again", async () => {
    let polls = 0;
    gateway.script = (question) => {
      if (question.query?.["feed"] === "longpoll" && polls++ === 0) {
        gateway.locals.clear();
        gateway.locals.set("_local/qiao", { uuid: "uuid-of-another" });
        return page("28-old");
      }
      return feed()(question);
    };
    store.edit(aContact("1", { nameLatin: "Anna" }));
    const scripted = gateway.script;
    gateway.script = (question) => acceptAll(question) ?? scripted(question);
    engine.start(NOTEBOOK);
    await eventually(async () => expect((await store.serverState(NOTEBOOK)).serverId).toBe("uuid-of-another"));
    await until(engine, isSynced);
    expect(askedFor("_bulk_docs").length).toBeGreaterThanOrEqual(1);
    expect(store.local("contact:1")).toMatchObject({ dirty: false });
  });

  test("a page that the line does not bear is asked for in smaller pieces", async () => {
    let failures = 3;
    const limits: unknown[] = [];
    gateway.script = (question) => {
      if (question.path !== "_changes" || question.query?.["descending"]) return feed()(question);
      if (question.query?.["feed"] !== "longpoll") {
        limits.push(question.query?.["limit"]);
        if (failures-- > 0) return { kind: "offline", detail: "answer cut short" };
      }
      return feed()(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(limits).toEqual([100, 50, 25, 12]);
  });

  test("a page written twice changes nothing the second time", async () => {
    const row = change(wireDocument(aContact("1", {})), rev(1, "a"), "1-x");
    gateway.script = feed(page("1-x", row), page("1-x", row), page("1-y", row));
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(store.writes).toBe(1);
  });
});

describe("pushing", () => {
  test("rows are matched by id, since PouchDB Server puts refused ones first; a refusal inside 201 stops no other", async () => {
    for (const id of ["a", "b", "c"]) store.edit(aContact(id, { nameLatin: id }));
    gateway.script = (question) => {
      if (question.path !== "_bulk_docs") return feed()(question);
      const rows = docsOf(question).map(({ _id }) =>
        _id === "contact:c"
          ? { id: _id, error: "forbidden", reason: "not here" }
          : { ok: true, id: _id, rev: rev(1, String(_id).slice(-1)) },
      );
      return { status: 201, body: rows.reverse() };
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(store.local("contact:a")).toMatchObject({ dirty: false, rev: rev(1, "a") });
    expect(store.local("contact:b")).toMatchObject({ dirty: false, rev: rev(1, "b") });
    expect(await store.quarantine()).toMatchObject([
      { id: "contact:c", direction: "push", reason: "refused", detail: "not here" },
    ]);
  });

  test("what the server refused is offered again when a person asks for it", async () => {
    store.edit(aContact("a", {}));
    let forbidden = true;
    gateway.script = (question) => {
      if (question.path !== "_bulk_docs" || !forbidden) return acceptAll(question) ?? feed()(question);
      return { status: 201, body: [{ id: "contact:a", error: "forbidden", reason: "no" }] };
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(await store.quarantine()).toHaveLength(1);
    forbidden = false;
    engine.syncNow();
    await eventually(() => expect(store.local("contact:a")).toMatchObject({ dirty: false }));
  });

  test("a batch refused with 413 or a bad id is halved until the bad one is alone", async () => {
    for (let n = 0; n < 16; n++) store.edit(aContact(`c${n}`, { nameLatin: String(n) }));
    gateway.script = (question) => {
      if (question.path !== "_bulk_docs") return feed()(question);
      const ids = docsOf(question).map(({ _id }) => String(_id));
      if (ids.includes("contact:c5"))
        return { status: 413, body: { error: "document_too_large", reason: "contact:c5" } };
      if (ids.includes("contact:c11")) {
        return {
          status: 400,
          body: { error: "illegal_docid", reason: "Only reserved document ids may start with underscore." },
        };
      }
      return acceptAll(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    const aside = (await store.quarantine()).map(({ id, reason }) => `${id} ${reason}`).sort();
    expect(aside).toEqual(["contact:c11 bad-id", "contact:c5 too-large"]);
    expect(store.ids().filter((id) => store.local(id)?.dirty)).toHaveLength(2);
  });

  test("a conflict is fetched, merged and sent again on the server's revision", async () => {
    const base = aContact("1", { nameLatin: "Anna" });
    const first = feed(page("1-x", change(wireDocument(base), rev(1, "a"), "1-x")));
    const theirs = changed(base, { nameZh: "安娜" }, { by: "anna" });
    gateway.script = (question) => {
      if (question.path === "_all_docs") {
        return {
          status: 200,
          body: {
            rows: [
              {
                id: "contact:1",
                key: "contact:1",
                value: { rev: rev(2, "b") },
                doc: { ...wireDocument(theirs), _rev: rev(2, "b") },
              },
            ],
          },
        };
      }
      if (question.path === "_bulk_docs") {
        const [document] = docsOf(question);
        if (document?.["_rev"] === rev(2, "b"))
          return { status: 201, body: [{ ok: true, id: "contact:1", rev: rev(3, "c") }] };
        return { status: 201, body: [{ id: "contact:1", error: "conflict", reason: "Document update conflict." }] };
      }
      return first(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    store.edit(changed(base, { wechat: "anna" }, { by: "wei" }));
    await eventually(() => expect(store.local("contact:1")).toMatchObject({ dirty: false, rev: rev(3, "c") }));
    expect(askedFor("_bulk_docs").flatMap(docsOf).at(-1)).toMatchObject({
      _rev: rev(2, "b"),
      data: { nameLatin: "Anna", nameZh: "安娜", wechat: "anna" },
    });
  });

  test("(i) a tombstone can only be revived without a revision", async () => {
    const base = aContact("1", { nameLatin: "Anna" });
    const first = feed(page("1-x", change(wireDocument(base), rev(1, "a"), "1-x")));
    gateway.script = (question) => {
      if (question.path === "_all_docs") {
        return {
          status: 200,
          body: { rows: [{ id: "contact:1", key: "contact:1", value: { rev: rev(2, "d"), deleted: true } }] },
        };
      }
      if (question.path === "_bulk_docs") {
        return docsOf(question)[0]?.["_rev"] === undefined
          ? { status: 201, body: [{ ok: true, id: "contact:1", rev: rev(3, "e") }] }
          : { status: 201, body: [{ id: "contact:1", error: "conflict", reason: "Document update conflict." }] };
      }
      return first(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    store.edit(changed(base, { wechat: "anna" }));
    await eventually(() =>
      expect(store.local("contact:1")).toMatchObject({ dirty: false, rev: rev(3, "e"), gone: false }),
    );
  });

  test("a conflict that never ends keeps the others going and is given a rest", async () => {
    gateway.script = (question) => {
      if (question.path === "_all_docs")
        return { status: 200, body: { rows: [{ key: "contact:odd", error: "not_found" }] } };
      if (question.path !== "_bulk_docs") return feed()(question);
      const rows = docsOf(question).map(({ _id }) =>
        _id === "contact:odd" ? { id: _id, error: "conflict", reason: "x" } : { ok: true, id: _id, rev: rev(1, "a") },
      );
      return { status: 201, body: rows };
    };
    store.edit(aContact("odd", {}));
    engine.start(NOTEBOOK);
    await eventually(() => expect(askedFor("_bulk_docs").length).toBe(6));
    store.edit(aContact("even", {}));
    await eventually(() => expect(store.local("contact:even")).toMatchObject({ dirty: false }));
    expect(store.local("contact:odd")).toMatchObject({ dirty: true });
  });

  test("a session that ran out shows as refused rows on PouchDB Server: asked again, and nothing is set aside", async () => {
    store.edit(aContact("1", {}));
    let signedIn = false;
    gateway.script = (question) => {
      if (question.path === "") {
        signedIn = true;
        return { status: 200, body: { doc_count: 0 } };
      }
      if (question.path === "_bulk_docs" && !signedIn) {
        return { status: 201, body: [{ id: "contact:1", error: "unauthorized", reason: "You are not authorized." }] };
      }
      return acceptAll(question) ?? feed()(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    expect(store.local("contact:1")).toMatchObject({ dirty: false });
    expect(await store.quarantine()).toEqual([]);
  });

  test("an edit over a newer version's document is set aside, and neither is lost", async () => {
    const base = aContact("1", { nameLatin: "Anna" });
    const first = feed(page("1-x", change(wireDocument(base), rev(1, "a"), "1-x")));
    const newer = { ...wireDocument(base), v: 99, extra: true };
    gateway.script = (question) => {
      if (question.path === "_all_docs") {
        return {
          status: 200,
          body: {
            rows: [
              { id: "contact:1", key: "contact:1", value: { rev: rev(2, "b") }, doc: { ...newer, _rev: rev(2, "b") } },
            ],
          },
        };
      }
      if (question.path === "_bulk_docs")
        return { status: 201, body: [{ id: "contact:1", error: "conflict", reason: "x" }] };
      return first(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    store.edit(changed(base, { wechat: "anna" }));
    await eventually(async () =>
      expect(await store.quarantine()).toMatchObject([{ id: "contact:1", direction: "push" }]),
    );
    expect(store.local("contact:1")?.content).toMatchObject({ record: { data: { wechat: "anna" } } });
    expect(askedFor("_bulk_docs")).toHaveLength(1);
  });

  test("our own pushes come back by the feed and are not written again; an older page does not turn the screen back", async () => {
    const first = aContact("1", { nameLatin: "A" });
    let revision = 0;
    let deliver: "nothing" | "stale" | "done" = "nothing";
    gateway.script = (question) => {
      if (question.path === "_bulk_docs") {
        revision += 1;
        return { status: 201, body: [{ ok: true, id: "contact:1", rev: rev(revision, "a") }] };
      }
      if (question.query?.["feed"] === "longpoll") return undefined;
      if (deliver === "stale") {
        deliver = "done";
        return page("5-x", change(wireDocument(first), rev(1, "a"), "5-x"));
      }
      return feed()(question);
    };
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    store.edit(first);
    await eventually(() => expect(store.local("contact:1")).toMatchObject({ dirty: false }));
    store.edit(changed(first, { nameLatin: "B" }));
    await eventually(() => expect(store.local("contact:1")).toMatchObject({ dirty: false, rev: rev(2, "a") }));
    deliver = "stale";
    gateway.asked.length = 0;
    await until(engine, isSynced);
    expect(store.writes).toBe(0);
    expect(store.local("contact:1")?.content).toMatchObject({ record: { data: { nameLatin: "B" } } });
  });

  test("a note that is typed goes out at the first edit and then at most once in the interval", async () => {
    gateway.script = (question) => acceptAll(question) ?? feed()(question);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    const begun = Date.now();
    for (let n = 0; Date.now() - begun < 500; n++) {
      store.edit(aRecord("note:contact:1", { data: { markdown: `text ${n}`, state: "AAA=" } }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await until(engine, isSynced);
    expect(askedFor("_bulk_docs").length).toBeGreaterThanOrEqual(2);
    expect(askedFor("_bulk_docs").length).toBeLessThanOrEqual(5);
  });

  test("what is private does not leave, even if a store should offer it", async () => {
    const careless: FakeSyncStore = {
      ...store,
      waiting: async () => [
        {
          id: "contact:s",
          content: aContact("s", {}, { visibility: "private" }),
          rev: undefined,
          dirty: true,
          base: undefined,
          version: "1",
        },
      ],
    };
    const other = createSyncEngine({ store: careless, gateway, limits: quickLimits });
    gateway.script = (question) => acceptAll(question) ?? feed()(question);
    other.start(NOTEBOOK);
    await until(other, ({ kind }) => kind !== "not-connected");
    await new Promise((resolve) => setTimeout(resolve, 200));
    await other.dispose();
    expect(askedFor("_bulk_docs")).toEqual([]);
  });
});

describe("who the server is", () => {
  test("a database without a name is given one, and this computer's counter rises after an exchange, not when idle", async () => {
    store.edit(aContact("1", {}));
    gateway.script = (question) => acceptAll(question) ?? feed()(question);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(() => expect(gateway.locals.get("_local/qiao-laptop")).toMatchObject({ counter: 1 }));
    expect(gateway.locals.get("_local/qiao")).toMatchObject({ uuid: "uuid-1" });
    gateway.asked.length = 0;
    gateway.wake();
    await eventually(() => expect(gateway.asked.at(-1)?.query?.["feed"]).toBe("longpoll"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(gateway.asked.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("(l) restored from an older copy: the counter is lower, so pulling begins at the start and records are offered again", async () => {
    store.edit(aContact("1", { nameLatin: "Anna" }));
    gateway.script = (question) => acceptAll(question) ?? feed()(question);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(async () => expect((await store.serverState(NOTEBOOK)).counter).toBe(1));
    await engine.stop();
    gateway.locals.delete("_local/qiao-laptop");
    gateway.asked.length = 0;
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(() => expect(askedFor("_bulk_docs")).toHaveLength(1));
    expect(askedFor("_changes")[1]?.query?.["since"]).toBe(0);
    expect(store.ids()).toEqual(["contact:1"]);
  });
});

describe("starting and stopping", () => {
  test("stop ends the open request at once and another start goes on", async () => {
    gateway.script = (question) => acceptAll(question) ?? feed()(question);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(() => expect(gateway.open()).toBe(1));
    await engine.stop();
    expect(gateway.open()).toBe(0);
    expect(engine.status()).toEqual({ kind: "not-connected", waiting: 0 });
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
  });

  test("two starts at once leave one exchange", async () => {
    gateway.script = feed();
    engine.start(NOTEBOOK);
    engine.start(NOTEBOOK);
    await until(engine, isSynced);
    await eventually(() => expect(gateway.open()).toBe(1));
  });

  test("a connection that is gone ends in `not-connected`, without attempts", async () => {
    gateway.script = () => ({ kind: "not-connected" });
    engine.start(NOTEBOOK);
    await eventually(() => expect(engine.status().kind).toBe("not-connected"));
    const asked = gateway.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(gateway.asked).toHaveLength(asked);
  });

  test("without a password nothing is tried until a person gives it, and edits are counted as waiting", async () => {
    gateway.script = () => ({ kind: "credentials-rejected", reason: "missing" });
    engine.start(NOTEBOOK);
    const failure = { kind: "credentials-rejected", reason: "missing" };
    expect(await until(engine, ({ kind }) => kind === "failed")).toEqual({
      kind: "failed",
      failure,
      waiting: 0,
      retryAt: null,
    });
    const asked = gateway.asked.length;
    store.edit(aContact("1", { nameLatin: "Anna" }));
    store.edit(aContact("2", { nameLatin: "Bo" }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(engine.status()).toMatchObject({ kind: "failed", failure, waiting: 2 });
    expect(gateway.asked).toHaveLength(asked);
    gateway.script = (question) => feed()(question) ?? acceptAll(question);
    engine.syncNow();
    await until(engine, isSynced);
  });

  test("waking up cuts the wait for the next attempt short", async () => {
    let down = true;
    gateway.script = (question) => (down ? { kind: "credentials-rejected", reason: "locked" } : feed()(question));
    engine.start(NOTEBOOK);
    await until(engine, ({ kind }) => kind === "failed");
    down = false;
    gateway.wake();
    await until(engine, isSynced, 1_000);
  });

  test("a store that cannot write is said, and tried again", async () => {
    const full = { ok: false, failure: { kind: "disk-full" } } as const;
    let failing = true;
    const write = store.writePulled.bind(store);
    store.writePulled = (...args) => (failing ? Promise.resolve(full) : write(...args));
    gateway.script = (question) =>
      question.query?.["since"] === 0 && question.query["feed"] === undefined
        ? page("1-x", change(wireDocument(aContact("1", {})), rev(1, "a"), "1-x"))
        : feed()(question);
    engine.start(NOTEBOOK);
    expect(await until(engine, ({ kind }) => kind === "failed")).toMatchObject({
      failure: { kind: "not-saved", failure: { kind: "disk-full" } },
    });
    failing = false;
    await until(engine, isSynced);
    expect(store.ids()).toEqual(["contact:1"]);
  });
});

test("the notebook's key is the address without a slash at its end, and the database", () => {
  expect(notebookKey({ address: "https://sync.example.org/", database: "notebook" })).toBe(
    "https://sync.example.org/notebook",
  );
});
