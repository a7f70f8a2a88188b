import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RecordId } from "../../src-renderer/domain/ids";
import type { SyncStatus } from "../../src-renderer/domain/syncStatus";
import { closeTables } from "../support/notebookDevice";
import { eventually, isSynced } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { startComputer, type WholeComputer } from "../support/wholeComputer";

/** Connections made, changed, removed and made again, through the app's own gateway, worker, engine and store. */

interface Row {
  readonly id: string;
  readonly value: { readonly rev: string };
}

let server: SyncServer;
let computer: WholeComputer;
const computers: WholeComputer[] = [];
let databases = 0;
let first: string;
let second: string;

beforeAll(async () => {
  server = await startSyncServer({ memory: true });
});
afterAll(() => server.dispose());
beforeEach(async () => {
  first = await anEmptyDatabase();
  second = await anEmptyDatabase();
  computer = await aComputer(1);
});
afterEach(async () => {
  for (const each of computers.splice(0)) await each.dispose();
  await closeTables();
});

async function aComputer(seed: number): Promise<WholeComputer> {
  const started = await startComputer(seed);
  computers.push(started);
  return started;
}

async function anEmptyDatabase(): Promise<string> {
  const name = `team-${++databases}`;
  const security = await server.admin("GET", `${server.database}/_security`);
  await server.admin("PUT", name);
  await server.admin("PUT", `${name}/_security`, security.body);
  return name;
}

/** Connects, and waits until this notebook and that database have the same. */
async function connectTo(database: string, who = computer): Promise<void> {
  const { address, user, password } = server;
  expect(await who.gateway.connect({ address, database, user, password })).toMatchObject({ ok: true });
  await who.page.request("syncNow", {});
  await who.until(isSynced);
}

async function onServer(database: string): Promise<readonly Row[]> {
  const { body } = await server.admin("GET", `${database}/_all_docs`);
  return (body as { rows: Row[] }).rows;
}

async function contactsOn(database: string): Promise<readonly string[]> {
  return (await onServer(database)).map(({ id }) => id).filter((id) => id.startsWith("contact:"));
}

async function document(database: string, id: RecordId): Promise<unknown> {
  return (await server.admin("GET", `${database}/${id}`)).body;
}

async function addContacts(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await computer.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
}

describe("another database", () => {
  test("gets everything that is here, once, and the one before keeps what it has", async () => {
    await addContacts(30);
    await computer.set("meeting:1", { title: "Kick-off" });
    await computer.type("meeting:1", "住建部 agreed.");
    await connectTo(first);
    const before = await onServer(first);
    await connectTo(second);
    await eventually(async () =>
      expect((await onServer(second)).map(({ id }) => id)).toEqual(before.map(({ id }) => id)),
    );
    expect(await onServer(first)).toEqual(before);
    expect(await computer.text("meeting:1")).toBe("住建部 agreed.");
  });

  test("that holds records of its own is joined with what is here, neither losing anything", async () => {
    const mei = await aComputer(2);
    await mei.set("contact:mei", { nameZh: "梅" });
    await connectTo(second, mei);
    await addContacts(3);
    await connectTo(first);
    await connectTo(second);
    await eventually(async () => {
      expect(await computer.read("contact:mei")).toMatchObject({ nameZh: "梅" });
      expect(await mei.read("contact:2")).toMatchObject({ nameLatin: "Contact 2" });
      expect(await contactsOn(second)).toEqual(["contact:0", "contact:1", "contact:2", "contact:mei"]);
    });
    expect(await contactsOn(first)).toEqual(["contact:0", "contact:1", "contact:2"]);
  });

  test("and back to the first: what was written meanwhile on either side is there, and nothing is written twice", async () => {
    const mei = await aComputer(2);
    await addContacts(5);
    await computer.set("meeting:1", { title: "Kick-off" });
    await computer.type("meeting:1", "Agenda. ");
    await connectTo(first);
    await connectTo(first, mei);
    await eventually(async () => expect(await mei.text("meeting:1")).toBe("Agenda. "));
    await connectTo(second);
    await computer.set("contact:0", { wechat: "written-with-second" });
    await computer.set("contact:new", { nameLatin: "New" });
    await computer.type("meeting:1", "Beijing. ");
    await mei.set("contact:1", { nameZh: "梅改" });
    await mei.type("meeting:1", "Brussels. ");
    await eventually(async () => expect(await contactsOn(second)).toHaveLength(6));
    await connectTo(first);
    await eventually(async () => {
      expect(await mei.read("contact:0")).toMatchObject({ nameLatin: "Contact 0", wechat: "written-with-second" });
      expect(await mei.read("contact:new")).toMatchObject({ nameLatin: "New" });
      expect(await computer.read("contact:1")).toMatchObject({ nameLatin: "Contact 1", nameZh: "梅改" });
      const texts = [await computer.text("meeting:1"), await mei.text("meeting:1")];
      expect(texts[0]).toBe(texts[1]);
      for (const part of ["Agenda. ", "Beijing. ", "Brussels. "]) expect(texts[0]?.split(part)).toHaveLength(2);
      expect(await contactsOn(first)).toHaveLength(6);
    });
    // What nobody touched is recognised, not written again.
    expect((await document(first, "contact:4")) as object).toMatchObject({
      _rev: expect.stringMatching(/^1-/) as string,
    });
  });

  test("chosen in the middle of a first exchange leaves nothing out", async () => {
    await addContacts(400);
    const { address, user, password } = server;
    await computer.gateway.connect({ address, database: first, user, password });
    await computer.until(({ kind }) => kind === "syncing");
    await connectTo(second);
    await eventually(async () => expect(await contactsOn(second)).toHaveLength(400));
    await connectTo(first);
    await eventually(async () => expect(await contactsOn(first)).toHaveLength(400));
    expect((await computer.page.request("list", { type: "contact" })).total).toBe(400);
  });
});

describe("the same database", () => {
  test("connected a second time: nothing is sent or stored again", async () => {
    await addContacts(20);
    await connectTo(first);
    const before = await onServer(first);
    await connectTo(first);
    await connectTo(first);
    expect(await onServer(first)).toEqual(before);
    expect((await computer.page.request("list", { type: "contact" })).total).toBe(20);
  });

  test("left and connected again: both sides' work of meanwhile is exchanged, and the rest is not sent again", async () => {
    const mei = await aComputer(2);
    await addContacts(20);
    await connectTo(first);
    await connectTo(first, mei);
    await eventually(async () => expect(await mei.read("contact:19")).toBeDefined());
    const before = new Map((await onServer(first)).map(({ id, value }) => [id, value.rev]));
    await computer.gateway.gateway.disconnect();
    await computer.until(({ kind }) => kind === "not-connected");
    await computer.set("contact:0", { wechat: "offline" });
    await mei.set("contact:0", { nameZh: "零" });
    await connectTo(first);
    await eventually(async () => {
      for (const each of [computer, mei]) {
        expect(await each.read("contact:0")).toMatchObject({ nameLatin: "Contact 0", wechat: "offline", nameZh: "零" });
      }
    });
    const changed = (await onServer(first)).filter(({ id, value }) => before.get(id) !== value.rev);
    expect(changed.map(({ id }) => id)).toEqual(["contact:0"]);
  });
});

describe("the password", () => {
  const rejected =
    (reason: string) =>
    (status: SyncStatus): boolean =>
      status.kind === "failed" && status.failure.kind === "credentials-rejected" && status.failure.reason === reason;

  test("that was kept until quitting is needed after a restart; work goes on and waits, and the password ends it", async () => {
    const { address, user, password } = server;
    await computer.gateway.connect({ address, database: first, user, password, passwordStorage: "memory" });
    await computer.until(isSynced);
    const restarted = await computer.restart();
    computers.splice(0, 1, restarted);
    await restarted.until(rejected("missing"));
    await restarted.set("contact:1", { nameLatin: "Written without a password" });
    await restarted.page.request("syncNow", {});
    expect(await restarted.until(({ waiting }) => waiting === 1)).toMatchObject({ kind: "failed", retryAt: null });
    await connectTo(first, restarted);
    expect(await contactsOn(first)).toEqual(["contact:1"]);
  });

  test("that was changed on the server is rejected, also when asked for at once, until the new one is typed", async () => {
    const user = "lin";
    const account = { type: "user", name: user, password: "old", roles: [] };
    const created = await server.admin("PUT", `_users/org.couchdb.user:${user}`, account);
    expect(created.status).toBe(201);
    await server.admin("PUT", `${first}/_security`, { members: { names: [user], roles: [] } });
    const { address } = server;
    await computer.gateway.connect({ address, database: first, user, password: "old" });
    await computer.until(isSynced);
    const { rev } = created.body as { rev: string };
    await server.admin("PUT", `_users/org.couchdb.user:${user}`, { ...account, password: "new", _rev: rev });
    const restarted = await computer.restart();
    computers.splice(0, 1, restarted);
    await restarted.until(rejected("password"));
    await restarted.page.request("syncNow", {});
    await restarted.until(rejected("password"));
    expect(await restarted.gateway.connect({ address, database: first, user, password: "older" })).toMatchObject({
      ok: false,
    });
    await restarted.until(rejected("password"));
    expect(await restarted.gateway.connect({ address, database: first, user, password: "new" })).toMatchObject({
      ok: true,
    });
    await restarted.until(isSynced);
  });
});
