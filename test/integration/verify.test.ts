import { afterEach, beforeEach, expect, test } from "vitest";
import { failure } from "../../src-main/shared/result";
import { systemClock } from "../../src-renderer/data/clock";
import type { Change } from "../../src-renderer/domain/edit";
import type { Content } from "../../src-renderer/domain/record";
import type { DifferenceKind, Verification, VerifyFailure } from "../../src-renderer/domain/verification";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import type { SyncGateway } from "../../src-renderer/sync/exchange";
import { Journal } from "../../src-renderer/sync/journal";
import { Verifier } from "../../src-renderer/sync/verifier";
import type { Progress } from "../../src-renderer/sync/verify";
import type { Result } from "../../src-main/shared/result";
import { begunDevice, closeTables, StillClock, type Device } from "../support/notebookDevice";
import { createNodeGateway } from "../support/nodeGateway";
import { isSynced, quickLimits, until } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** The real store, the real engine and a real server, made to differ behind the app's back, then compared. */

class RunningClock extends StillClock {
  override now(): number {
    return systemClock.now();
  }
  override schedule(ms: number, task: () => void): () => void {
    return systemClock.schedule(ms, task);
  }
}

interface Computer extends Device {
  readonly engine: SyncEngine;
  readonly told: Progress[];
  verify(): Promise<Result<Verification, VerifyFailure>>;
  putRight(): Promise<Result<Verification, VerifyFailure>>;
  add(id: `contact:${string}`, nameLatin: string, visibility?: "project" | "private"): Promise<void>;
  rename(id: string, nameLatin: string): Promise<void>;
}

let server: SyncServer;
let computer: Computer;
/** Whether the line holds for the next request of the comparison. */
let holds: () => boolean;

beforeEach(async () => {
  server = await startSyncServer();
  holds = () => true;
  computer = await aComputer();
});
afterEach(async () => {
  await computer.engine.dispose();
  await computer.notebook.close();
  await closeTables();
  await server.dispose();
});

async function aComputer(): Promise<Computer> {
  const device = await begunDevice({ clock: new RunningClock() });
  const { notebook, clock } = device;
  const gateway = createNodeGateway(server);
  const engine = createSyncEngine({ store: notebook.syncStore, gateway, random: () => 0.01, limits: quickLimits });
  const line: SyncGateway = {
    ...gateway,
    request: async (...asked) =>
      (holds()
        ? await gateway.request(...asked)
        : await Promise.resolve(failure({ kind: "offline", detail: "cut" }))) as never,
  };
  const verifier = new Verifier({
    store: notebook.syncStore,
    known: notebook.known,
    gateway: line,
    clock,
    journal: new Journal(clock),
    random: () => 0,
    fetchAgain: (id) => engine.retry(id, "pull"),
  });
  const told: Progress[] = [];
  const tell = (progress: Progress): void => void told.push(progress);
  const { signal } = new AbortController();
  return {
    ...device,
    engine,
    told,
    verify: () => verifier.verify(notebookKey(server), tell, signal),
    putRight: () => verifier.putRight(notebookKey(server), tell, signal),
    add: async (id, nameLatin, visibility = "project") => {
      const changes: Change[] = [{ op: "set", field: "nameLatin", value: nameLatin }];
      expect((await notebook.edit({ kind: "create", id, type: "contact", visibility, changes })).ok).toBe(true);
    },
    rename: async (id, nameLatin) => {
      const changes: Change[] = [{ op: "set", field: "nameLatin", value: nameLatin }];
      expect((await notebook.edit({ kind: "change", id, changes })).ok).toBe(true);
    },
  };
}

async function connect(): Promise<void> {
  computer.engine.start(notebookKey(server));
  await until(computer.engine, isSynced);
}

function found(verified: Result<Verification, VerifyFailure>): Partial<Record<DifferenceKind, readonly string[]>> {
  if (!verified.ok) throw new Error(JSON.stringify(verified.failure));
  return Object.fromEntries(verified.value.differences.map(({ kind, ids }) => [kind, [...ids].sort()]));
}

async function there(id: string): Promise<Record<string, unknown>> {
  const { body } = await server.admin("GET", `${server.database}/${encodeURIComponent(id)}`);
  return body as Record<string, unknown>;
}

function renamed(document: Record<string, unknown>, nameLatin: string): Record<string, unknown> {
  return { ...document, data: { ...(document["data"] as object), nameLatin } };
}

/** What the feed has brought is taken to be everything: as after a server that left something out. */
async function skipTheFeed(): Promise<void> {
  const { syncStore } = computer.notebook;
  const { body } = await server.admin("GET", `${server.database}/_changes`);
  const state = await syncStore.serverState(notebookKey(server));
  const checkpoint = String((body as { last_seq: unknown }).last_seq);
  await syncStore.setServerState(notebookKey(server), { ...state, checkpoint });
}

async function nameOf(id: string): Promise<unknown> {
  const data = (await computer.notebook.read(id))?.record.data as { nameLatin?: string } | undefined;
  return data?.nameLatin;
}

test("two stores that are equal are said to be so, record by record", async () => {
  await computer.add("contact:a", "Anna");
  await computer.add("contact:p", "Only for me", "private");
  await connect();
  const verified = await computer.verify();
  // The author of this notebook is a record too.
  expect(verified).toMatchObject({ ok: true, value: { compared: 2, equal: 2, private: 1, differences: [] } });
});

test("nothing is said before the first exchange, nor of a server that is another one by now", async () => {
  expect(await computer.verify()).toEqual({ ok: false, failure: { kind: "exchange-first" } });
  await connect();
  await computer.engine.stop();
  await server.recreateDatabase();
  expect(await computer.verify()).toEqual({ ok: false, failure: { kind: "exchange-first" } });
});

test("differences of every kind are found, put right, and equal afterwards", async () => {
  const { notebook, engine } = computer;
  const { syncStore } = notebook;
  for (const each of ["same", "changed", "torn", "forked", "deleted", "erased", "refused"] as const) {
    await computer.add(`contact:${each}`, each);
  }
  await connect();
  await engine.stop();
  // Sent, and the server has nothing of it any more.
  await computer.add("contact:lost", "lost");
  const [lost] = (await syncStore.waiting(10)).filter(({ id }) => id === "contact:lost");
  await syncStore.accept([
    { id: "contact:lost", rev: "1-abc", version: lost?.version ?? "", content: lost?.content ?? null },
  ]);
  // Written, changed, deleted and forked there without the feed telling.
  const put = (document: Record<string, unknown>): Promise<unknown> =>
    server.admin("PUT", `${server.database}/${encodeURIComponent(String(document["_id"]))}`, document);
  const { _rev: _, ...same } = await there("contact:same");
  await put({ ...renamed(same, "new"), _id: "contact:new" });
  await put({ _id: "contact:garbage", type: "contact", nonsense: true });
  await put(renamed(await there("contact:changed"), "changed there"));
  await put({ ...(await there("contact:deleted")), _deleted: true });
  const fork = { ...renamed(await there("contact:forked"), "forked apart"), _rev: "1-0" };
  await server.admin("POST", `${server.database}/_bulk_docs`, { docs: [fork], new_edits: false });
  await skipTheFeed();
  // The same revision, and not the same content.
  const torn = await there("contact:torn");
  const { record } = (await notebook.read("contact:torn")) ?? {};
  const other = { ...record, data: { ...record?.data, nameLatin: "torn", wechat: "torn_cn" } };
  await syncStore.writePulled(
    notebookKey(server),
    { arrivals: [{ kind: "tombstone", id: "contact:torn", rev: "9-a" }] },
    () => ({ kind: "take", content: { kind: "known", record: other } as Content, rev: String(torn["_rev"]) }),
  );
  // And what is ordinary: changed here, deleted here for good, refused, private.
  await computer.rename("contact:same", "same, but changed here");
  await notebook.edit({ kind: "delete", id: "contact:erased" });
  await notebook.emptyBin(["contact:erased"]);
  await computer.rename("contact:refused", "refused");
  await syncStore.setAside([
    { id: "contact:refused", direction: "push", reason: "refused", detail: "no", since: "2026-11-22T08:00:00.000Z" },
  ]);
  await computer.add("contact:mine", "mine", "private");

  const verified = await computer.verify();
  expect(found(verified)).toEqual({
    waiting: ["contact:same"],
    lost: ["contact:lost"],
    leaving: ["contact:erased"],
    "missing-here": ["contact:new"],
    "other-revision": ["contact:changed"],
    "other-content": ["contact:torn"],
    forked: ["contact:forked"],
    "deleted-there": ["contact:deleted"],
    unreadable: ["contact:garbage"],
    "set-aside": ["contact:refused"],
  });
  expect(verified).toMatchObject({ value: { equal: 1, compared: 11, private: 1 } });
  expect(await nameOf("contact:changed")).toBe("changed");

  await connect();
  // What the server cannot say properly is set aside; the rest is as it should be.
  expect(found(await computer.putRight())).toEqual({ "set-aside": ["contact:garbage", "contact:refused"] });
  expect(await nameOf("contact:new")).toBe("new");
  expect(await nameOf("contact:changed")).toBe("changed there");
  expect((await notebook.read("contact:deleted"))?.row.bin).toBe(true);
  expect((await there("contact:lost"))["data"]).toMatchObject({ nameLatin: "lost" });
  expect((await there("contact:torn"))["data"]).toMatchObject({ wechat: "torn_cn" });
  expect((await there("contact:forked"))["_conflicts"]).toBeUndefined();
  expect(found(await computer.verify())).toEqual({ "set-aside": ["contact:garbage", "contact:refused"] });
});

test("1,000 records are compared page by page over a line that drops, with numbers, while people go on", async () => {
  const edits = Array.from({ length: 1_000 }, (_, at) => ({
    kind: "create" as const,
    id: `contact:${String(at)}`,
    type: "contact" as const,
    visibility: "project" as const,
    changes: [{ op: "set" as const, field: "nameLatin", value: `Contact ${String(at)}` }],
  }));
  expect((await computer.notebook.editMany(edits)).ok).toBe(true);
  await connect();
  let asked = 0;
  holds = () => ++asked % 3 !== 0;
  const verifying = computer.verify();
  await computer.rename("contact:500", "renamed meanwhile");
  const verified = await verifying;
  expect(found(verified).lost).toBeUndefined();
  expect(found(verified)["other-content"]).toBeUndefined();
  expect(verified).toMatchObject({ value: { compared: 1_001 } });
  const { told } = computer;
  expect(told[0]).toEqual({ done: 0, total: 1_001 });
  expect(told.at(-1)).toEqual({ done: 1_001, total: 1_001 });
  expect(told.length).toBeGreaterThan(3);
  await until(computer.engine, isSynced);
  expect(await computer.verify()).toMatchObject({ value: { compared: 1_001, equal: 1_001, differences: [] } });
});

test("without a connection it gives up and says how far it came; the next one works", async () => {
  await computer.add("contact:a", "Anna");
  await connect();
  holds = () => false;
  expect(await computer.verify()).toEqual({ ok: false, failure: { kind: "offline", done: 0, total: 0 } });
  holds = () => true;
  expect(await computer.verify()).toMatchObject({ ok: true, value: { differences: [] } });
});
