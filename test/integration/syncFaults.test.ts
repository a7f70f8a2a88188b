import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lostAnswer, portalPage, startFaultProxy, type Fault, type FaultProxy } from "../support/faultProxy";
import { aContact, aRecord, changed, wireDocument } from "../support/recordBuilders";
import { createSyncDevice, eventually, isSynced, until, type SyncDevice } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** The letters are those of the faults in `src-renderer/sync/README.md`. */

let server: SyncServer;
let proxy: FaultProxy;
let device: SyncDevice;

beforeEach(async () => {
  server = await startSyncServer();
  proxy = await startFaultProxy(server.address);
  device = createSyncDevice("wei", { ...server, address: proxy.address }, { seed: 3 });
});
afterEach(async () => {
  await device.dispose();
  await proxy.close();
  await server.dispose();
});

const isLongPoll = (url: string): boolean => url.includes("feed=longpoll");

async function connected(): Promise<void> {
  device.connect();
  await until(device.engine, isSynced);
  await eventually(() => expect(proxy.seen.at(-1)?.url).toContain("longpoll"));
}

/** Another client of the server, with nothing of ours in between. */
async function elsewhere(document: Record<string, unknown>): Promise<void> {
  const answer = await server.admin("POST", `${server.database}/_bulk_docs`, { docs: [document] });
  expect(answer.status).toBe(201);
}

async function onServer(id: string): Promise<Record<string, unknown>> {
  return (await server.admin("GET", `${server.database}/${id}`)).body as Record<string, unknown>;
}

function has(id: string): Promise<void> {
  return eventually(() => expect(device.store.local(id)).toBeDefined());
}

describe("(a) the feed comes back after an error", () => {
  const errors: readonly Fault[] = [
    { kind: "answer", status: 500, body: `{"error":"internal_server_error","reason":"x"}` },
    { kind: "answer", status: 429, body: `{"error":"too_many_requests","reason":"x"}` },
    { kind: "answer", status: 404, body: `{"error":"not_found","reason":"Database does not exist."}` },
    { kind: "answer", status: 502, body: "<html>Bad gateway</html>", contentType: "text/html" },
    portalPage,
    { kind: "cut", after: 20 },
    { kind: "refuse" },
  ];
  test.each(errors)("$kind $status", async (fault) => {
    await connected();
    proxy.fault = () => fault;
    proxy.cutAll();
    await until(device.engine, ({ kind }) => kind === "failed" || kind === "offline");
    proxy.fault = () => null;
    await elsewhere(wireDocument(aContact("1", { nameLatin: "Anna" })));
    await has("contact:1");
    await until(device.engine, isSynced);
  });

  test("a session that ran out is renewed without a word", async () => {
    await connected();
    let rejected = 0;
    proxy.fault = ({ url }) =>
      isLongPoll(url) && rejected++ === 0
        ? { kind: "answer", status: 401, body: `{"error":"unauthorized","reason":"x"}` }
        : null;
    proxy.cutAll();
    await elsewhere(wireDocument(aContact("1", { nameLatin: "Anna" })));
    await has("contact:1");
  });
});

test("(b) a document written while the long-poll is down arrives", async () => {
  await connected();
  proxy.fault = () => ({ kind: "refuse" });
  proxy.cutAll();
  await until(device.engine, ({ kind }) => kind === "offline");
  await elsewhere(wireDocument(aContact("1", { nameLatin: "Written during the cut" })));
  proxy.fault = () => null;
  await has("contact:1");
});

test("(c) there is never more than one long-poll, and few connections", async () => {
  await connected();
  for (let times = 0; times < 5; times++) {
    await device.disconnect();
    device.connect();
    await until(device.engine, isSynced);
  }
  await eventually(() => expect(device.gateway.open()).toBe(1));
});

describe("(d) both sides delete", () => {
  test("one with a bare tombstone, the other into the bin: it stays deleted and the rest goes on", async () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    device.store.edit(contact);
    await connected();
    await device.disconnect();
    const { _rev } = await onServer("contact:1");
    await elsewhere({ _id: "contact:1", _rev, _deleted: true });
    device.store.edit(changed(contact, {}, { deletedAt: "2026-03-04T00:00:00.000Z" }));
    device.store.edit(aContact("2", { nameLatin: "Next" }));
    await connected();
    expect(device.store.local("contact:1")).toMatchObject({ gone: true, dirty: false });
    expect(await onServer("contact:2")).toMatchObject({ type: "contact" });
    expect((await server.admin("GET", `${server.database}/contact:1`)).status).toBe(404);
  });

  test("both into the bin", async () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    device.store.edit(contact);
    await connected();
    await device.disconnect();
    const { _rev } = await onServer("contact:1");
    const theirs = changed(contact, {}, { by: "anna", deletedAt: "2026-03-05T00:00:00.000Z" });
    await elsewhere({ ...wireDocument(theirs), _rev });
    device.store.edit(changed(contact, {}, { deletedAt: "2026-03-04T00:00:00.000Z" }));
    await connected();
    expect(await onServer("contact:1")).toMatchObject({ deletedAt: "2026-03-05T00:00:00.000Z" });
    expect(device.store.local("contact:1")).toMatchObject({ dirty: false });
  });
});

describe("(e) one record that the server refuses stops nothing", () => {
  test("a row that validate_doc_update forbids", async () => {
    await elsewhere({
      _id: "_design/rules",
      validate_doc_update:
        "function (doc) { if (doc.data && doc.data.nameLatin === 'Forbidden') throw { forbidden: 'no such name' }; }",
    });
    device.store.edit(aContact("good1", { nameLatin: "Good" }));
    device.store.edit(aContact("bad", { nameLatin: "Forbidden" }));
    device.store.edit(aContact("good2", { nameLatin: "Good too" }));
    await connected();
    expect(await onServer("contact:good1")).toHaveProperty("_rev");
    expect(await onServer("contact:good2")).toHaveProperty("_rev");
    expect(await device.store.quarantine()).toMatchObject([
      { id: "contact:bad", direction: "push", reason: "refused", detail: "no such name" },
    ]);
    await elsewhere(wireDocument(aContact("3", { nameLatin: "Pulled all the same" })));
    await has("contact:3");
    device.store.edit(aContact("bad", { nameLatin: "Put right" }));
    await eventually(async () => expect(await onServer("contact:bad")).toHaveProperty("_rev"));
    expect(await device.store.quarantine()).toEqual([]);
  });

  test("a batch that is refused as a whole because of one record", async () => {
    proxy.fault = () => null;
    const limited = await startSyncServer({ memory: true, maxDocumentSize: 20_000 });
    const other = createSyncDevice("anna", limited, { seed: 4 });
    try {
      for (let n = 0; n < 30; n++) other.store.edit(aContact(`good${n}`, { nameLatin: "x".repeat(1_000) }));
      other.store.edit(aContact("large", { nameLatin: "x".repeat(40_000) }));
      other.connect();
      await until(other.engine, isSynced);
      const { body } = await limited.admin("GET", limited.database);
      expect(body).toMatchObject({ doc_count: 30 });
      expect(await other.store.quarantine()).toMatchObject([{ id: "contact:large", reason: "too-large" }]);
    } finally {
      await other.dispose();
      await limited.dispose();
    }
  });

  test("the server reads but does not write for a while: pulling goes on, and the records go out later", async () => {
    await connected();
    proxy.fault = ({ url }) =>
      url.includes("_bulk_docs")
        ? { kind: "answer", status: 507, body: `{"error":"enospc","reason":"disk full"}` }
        : null;
    device.store.edit(aContact("mine", { nameLatin: "Mine" }));
    await until(device.engine, ({ kind }) => kind === "failed");
    await elsewhere(wireDocument(aContact("theirs", { nameLatin: "Theirs" })));
    await has("contact:theirs");
    proxy.fault = () => null;
    await eventually(async () => expect(await onServer("contact:mine")).toHaveProperty("_rev"));
    expect(await device.store.quarantine()).toEqual([]);
  });
});

test("(f) bad documents among good ones are set aside, and no later edit of a good one is lost", async () => {
  const good = aContact("good", { nameLatin: "Good" });
  const deep = JSON.parse(`${"[".repeat(500)}1${"]".repeat(500)}`) as unknown;
  await elsewhere(wireDocument(good));
  await elsewhere({ _id: "contact:no-envelope", hello: "world" });
  await elsewhere({ _id: "contact:deep", type: "contact", v: 1, data: { deep } });
  await elsewhere({ _id: "not an id of ours", type: "contact" });
  await elsewhere({ ...wireDocument(aContact("types", {})), data: { posts: "none" } });
  await elsewhere({ _id: "_design/app", views: {} });
  await elsewhere(wireDocument(aContact("good2", { nameLatin: "Good too" })));
  await connected();
  expect([...device.store.ids()].sort()).toEqual(["contact:good", "contact:good2"]);
  const bad = (await device.store.quarantine()).map(({ id, reason }) => `${id} ${reason}`).sort();
  expect(bad).toEqual([
    "contact:deep unreadable",
    "contact:no-envelope unreadable",
    "contact:types unreadable",
    "not an id of ours unreadable",
  ]);
  device.store.edit(changed(good, { wechat: "good" }));
  await eventually(async () => expect(await onServer("contact:good")).toMatchObject({ data: { wechat: "good" } }));
  expect(device.store.local("contact:good")?.content).toMatchObject({ record: { data: { wechat: "good" } } });
});

test("(g) a bare tombstone of another client marks the record as gone here", async () => {
  device.store.edit(aContact("1", { nameLatin: "Anna" }));
  await connected();
  const { _rev } = await onServer("contact:1");
  await elsewhere({ _id: "contact:1", _rev, _deleted: true });
  await eventually(() => expect(device.store.local("contact:1")).toMatchObject({ gone: true, dirty: false }));
  expect((await server.admin("GET", `${server.database}/contact:1`)).status).toBe(404);
});

test("(i) an edit here beats a delete there: the record is on the server again", async () => {
  const contact = aContact("1", { nameLatin: "Anna" });
  device.store.edit(contact);
  await connected();
  await device.disconnect();
  const { _rev } = await onServer("contact:1");
  await elsewhere({ _id: "contact:1", _rev, _deleted: true });
  device.store.edit(changed(contact, { wechat: "anna" }));
  await connected();
  expect(await onServer("contact:1")).toMatchObject({ data: { nameLatin: "Anna", wechat: "anna" } });
  expect(device.store.local("contact:1")).toMatchObject({ gone: false, dirty: false });
});

describe("(j) leaves of other clients", () => {
  test("are merged, and the loser is retired", async () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    await elsewhere(wireDocument(contact));
    const { _rev } = (await onServer("contact:1")) as { _rev: string };
    const branch = (rev: string, data: Record<string, unknown>, by: string): Record<string, unknown> => ({
      ...wireDocument(changed(contact, data, { by, at: `2026-03-0${by.length}T00:00:00.000Z` })),
      _rev: `2-${rev}`,
      _revisions: { start: 2, ids: [rev, _rev.slice(2)] },
    });
    await server.admin("POST", `${server.database}/_bulk_docs`, {
      new_edits: false,
      docs: [branch("a".repeat(32), { wechat: "anna" }, "wei"), branch("b".repeat(32), { nameZh: "安娜" }, "anna")],
    });
    await connected();
    await eventually(async () => {
      const document = await onServer("contact:1?conflicts=true");
      expect(document).toMatchObject({ data: { nameLatin: "Anna", wechat: "anna", nameZh: "安娜" } });
      expect(document).not.toHaveProperty("_conflicts");
    });
    await eventually(() =>
      expect(device.store.local("contact:1")?.content).toMatchObject({
        record: { data: { wechat: "anna", nameZh: "安娜" } },
      }),
    );
  });
});

test("(k) editing a document does not delete what another client attached to it", async () => {
  const contact = aContact("1", { nameLatin: "Anna" });
  await elsewhere({
    ...wireDocument(contact),
    _attachments: { "card.txt": { content_type: "text/plain", data: Buffer.from("a card").toString("base64") } },
  });
  await connected();
  const local = device.store.local("contact:1");
  if (!local) throw new Error("not pulled");
  device.store.edit(changed(local.content, { wechat: "anna" }));
  await eventually(async () =>
    expect(await onServer("contact:1")).toMatchObject({
      data: { wechat: "anna" },
      _attachments: { "card.txt": { length: 6 } },
    }),
  );
});

describe("(l) the database is made anew", () => {
  test("while connected: local records are offered again, and new documents arrive", async () => {
    for (let n = 0; n < 20; n++) device.store.edit(aContact(`old${n}`, { nameLatin: `Old ${n}` }));
    await connected();
    await server.recreateDatabase();
    await elsewhere(wireDocument(aContact("new", { nameLatin: "New" })));
    await has("contact:new");
    await eventually(async () => {
      expect((await server.admin("GET", server.database)).body).toMatchObject({ doc_count: 21 });
    });
    await until(device.engine, isSynced);
    expect(device.store.ids()).toHaveLength(21);
  });

  test("while away, and others have filled it", async () => {
    const mine = aContact("1", { nameLatin: "Anna" });
    device.store.edit(mine);
    await connected();
    await device.disconnect();
    await server.recreateDatabase();
    await elsewhere(wireDocument(mine));
    await elsewhere(wireDocument(aContact("2", { nameLatin: "Two" })));
    await connected();
    await has("contact:2");
    expect((await onServer("contact:1"))["_rev"]).toMatch(/^1-/);
    expect(device.store.local("contact:1")).toMatchObject({ dirty: false });
  });

  test("a copy from before is restored: what was written since is pulled and offered again", async () => {
    device.store.edit(aContact("1", { nameLatin: "Anna" }));
    await connected();
    await eventually(async () =>
      expect(await onServer("_local/qiao-laptop-wei")).toMatchObject({ counter: expect.any(Number) as number }),
    );
    await eventually(async () => expect((await device.store.serverState(keyOf())).counter).toBeGreaterThan(0));
    await device.disconnect();
    const local = await onServer("_local/qiao-laptop-wei");
    await server.admin("PUT", `${server.database}/_local/qiao-laptop-wei`, { ...local, counter: 0 });
    await connected();
    expect(device.log.join("\n")).toContain(`sync: server "changed"`);
    expect(device.store.local("contact:1")).toMatchObject({ dirty: false });
  });
});

function keyOf(): string {
  return `${proxy.address}/${server.database}`;
}

describe("(n) a server that accepts and never answers", () => {
  test("an open long-poll without signs of life is given up", async () => {
    await connected();
    proxy.fault = ({ url }) => (isLongPoll(url) ? { kind: "hang" } : null);
    proxy.cutAll();
    await until(device.engine, ({ kind }) => kind === "offline");
    proxy.fault = () => null;
    await elsewhere(wireDocument(aContact("1", { nameLatin: "Anna" })));
    await has("contact:1");
  });

  test("any other request too", async () => {
    proxy.fault = () => ({ kind: "hang" });
    device.connect();
    await until(device.engine, ({ kind }) => kind === "offline");
    proxy.fault = () => null;
    await until(device.engine, isSynced);
  });
});

describe("(o) answers are lost on the way", () => {
  test("what the server took is recognised by its content: no copies, no second revision", async () => {
    await connected();
    let lost = 0;
    proxy.fault = ({ url }) => (url.includes("_bulk_docs") && lost++ < 2 ? lostAnswer : null);
    for (let n = 0; n < 25; n++) device.store.edit(aContact(`c${n}`, { nameLatin: `Contact ${n}` }));
    await until(device.engine, isSynced);
    const { body } = await server.admin("GET", `${server.database}/_all_docs`);
    const rows = (body as { rows: { id: string; value: { rev: string } }[] }).rows;
    expect(rows).toHaveLength(25);
    expect(rows.filter(({ value }) => !value.rev.startsWith("1-"))).toEqual([]);
    expect(lost).toBeGreaterThan(0);
  });

  test("an edit made while the answer was lost is there as well", async () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    await connected();
    let lost = 0;
    proxy.fault = ({ url }) => (url.includes("_bulk_docs") && lost++ === 0 ? lostAnswer : null);
    device.store.edit(contact);
    await until(device.engine, ({ kind }) => kind === "offline");
    device.store.edit(changed(contact, { wechat: "anna" }));
    await eventually(async () => expect(await onServer("contact:1")).toMatchObject({ data: { wechat: "anna" } }));
    await until(device.engine, isSynced);
    expect(device.store.local("contact:1")?.content).toMatchObject({
      record: { data: { nameLatin: "Anna", wechat: "anna" } },
    });
  });
});

test("the server is killed in the middle of a transfer and started again: all of it arrives", async () => {
  for (let n = 0; n < 1_500; n++) device.store.edit(aContact(`c${n}`, { nameLatin: `Contact ${n}` }));
  device.connect();
  await until(device.engine, (status) => status.kind === "syncing" && status.done > 0);
  await server.kill();
  await until(device.engine, ({ kind }) => kind === "offline");
  await server.restart();
  await until(device.engine, isSynced, 30_000);
  expect((await server.admin("GET", server.database)).body).toMatchObject({ doc_count: 1_500 });
});

test("a wrong password is said, tried seldom, and the right one goes on at once", async () => {
  device.gateway.signIn(server.user, "wrong");
  device.connect();
  const status = await until(device.engine, ({ kind }) => kind === "failed");
  expect(status).toMatchObject({ failure: { kind: "credentials-rejected" } });
  const before = proxy.seen.length;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(proxy.seen.length).toBe(before);
  device.gateway.signIn(server.user, server.password);
  device.connect();
  await until(device.engine, isSynced);
});

test("a record of a newer version is kept and offered again as it came", async () => {
  const text = `{"_id":"poem:1","type":"poem","v":7,"createdAt":"x","lines":[1e2,9007199254740993,"\\u6865"],"data":{"b":1,"a":2}}`;
  const answer = await server.admin("PUT", `${server.database}/poem:1`, JSON.parse(text));
  expect(answer.status).toBe(201);
  await connected();
  expect(device.store.local("poem:1")?.content).toMatchObject({ kind: "opaque", type: "poem", v: 7 });
  await server.recreateDatabase();
  await eventually(async () =>
    expect(await onServer("poem:1")).toMatchObject({ type: "poem", v: 7, createdAt: "x", data: { a: 2, b: 1 } }),
  );
});

test("nothing private ever leaves, whatever is exchanged", async () => {
  device.store.edit(aContact("secret", { nameLatin: "Do not tell" }, { visibility: "private" }));
  device.store.edit(aContact("open", { nameLatin: "Tell" }));
  await connected();
  expect((await server.admin("GET", `${server.database}/contact:secret`)).status).toBe(404);
  expect(device.gateway.asked.filter(({ body }) => body?.includes("Do not tell"))).toEqual([]);
});

test("when nothing has changed, three requests and then one long-poll", async () => {
  device.store.edit(aRecord("author:wei", { data: { name: "Wei" } }));
  await connected();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await device.disconnect();
  device.gateway.asked.length = 0;
  device.connect();
  await until(device.engine, isSynced);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asked = device.gateway.asked.map(({ method, path, query }) =>
    `${method} ${path} ${query?.["feed"] ?? ""}`.trim(),
  );
  expect(asked).toEqual(["GET _local/qiao", "GET _local/qiao-laptop-wei", "GET _changes", "GET _changes longpoll"]);
});

test("stopping leaves no request, no timer and no listener behind", async () => {
  await connected();
  await device.disconnect();
  expect(device.gateway.open()).toBe(0);
  expect(device.engine.status().kind).toBe("not-connected");
  await device.dispose();
  expect(device.store.listeners).toBe(0);
  expect(device.gateway.listeners()).toBe(0);
});
