import { afterEach, beforeEach, expect, test } from "vitest";
import type { Question } from "../../../src-renderer/sync/exchange";
import { createSyncEngine, type SyncEngine } from "../../../src-renderer/sync/engine";
import { createFakeSyncStore, type FakeSyncStore } from "../../support/fakeSyncStore";
import { aContact } from "../../support/recordBuilders";
import { createScriptedGateway, type Script, type ScriptedGateway } from "../../support/scriptedGateway";
import { eventually, isSynced, quickLimits, until } from "../../support/syncDevice";

const NOTEBOOK = "http://127.0.0.1:5984/notebook";
const COUNTER = "_local/qiao-laptop";
let store: FakeSyncStore;
let gateway: ScriptedGateway;
let engine: SyncEngine;

beforeEach(async () => {
  store = createFakeSyncStore("laptop");
  gateway = createScriptedGateway();
  // A server that was met before, and a counter from the exchange of that time.
  gateway.locals.set("_local/qiao", { _id: "_local/qiao", _rev: "0-1", uuid: "uuid-1" });
  gateway.locals.set(COUNTER, { _id: COUNTER, _rev: "0-1", counter: 7 });
  await store.setServerState(NOTEBOOK, { serverId: "uuid-1", checkpoint: "7-seven", counter: 7, complete: true });
  engine = anEngine();
});
afterEach(async () => {
  await engine.dispose();
});

function anEngine(): SyncEngine {
  return createSyncEngine({ store, gateway, random: () => 0.05, limits: quickLimits });
}

/** A server that takes everything and has nothing new; counters as told. */
function serve(counters: Script): void {
  gateway.script = (question) => {
    if (question.path === "_changes") {
      if (question.query?.["feed"] === "longpoll") return undefined;
      return { status: 200, body: { results: [], last_seq: "8-eight", pending: 0 } };
    }
    if (question.path === "_bulk_docs") {
      const { docs } = JSON.parse(question.body ?? "{}") as { docs: { readonly _id: string }[] };
      return { status: 201, body: docs.map(({ _id }) => ({ ok: true, id: _id, rev: `1-${"f".repeat(32)}` })) };
    }
    return isMark(question) ? counters(question) : undefined;
  };
}

const isMark = ({ method, path }: Question): boolean => method === "PUT" && path === COUNTER;
const marks = (): number => gateway.asked.filter(isMark).length;
const quiet = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const knownCounter = async (): Promise<number> => (await store.serverState(NOTEBOOK)).counter;

test("a counter that the server refuses is raised a little later, though nothing else goes over", async () => {
  let refusals = 2;
  serve(() => (refusals-- > 0 ? { status: 503, body: { error: "busy", reason: "busy" } } : undefined));
  store.edit(aContact("1", {}));
  engine.start(NOTEBOOK);
  await eventually(async () => expect(await knownCounter()).toBe(8));
  expect(marks()).toBe(3);
  expect(engine.status().kind).toBe("synced");
});

test("a copy from before an exchange is noticed when it is restored, though the counter was refused at first", async () => {
  let refusals = 1;
  serve(() => (refusals-- > 0 ? { status: 500, body: { error: "internal_server_error", reason: "" } } : undefined));
  store.edit(aContact("1", {}));
  engine.start(NOTEBOOK);
  await eventually(async () => expect(await knownCounter()).toBe(8));
  gateway.locals.set(COUNTER, { _id: COUNTER, _rev: "0-1", counter: 7 });
  gateway.asked.length = 0;
  gateway.wake();
  await eventually(() => expect(gateway.asked.some(({ path }) => path === "_bulk_docs")).toBe(true));
  expect(gateway.asked.find(({ path, query }) => path === "_changes" && "since" in (query ?? {}))?.query).toMatchObject(
    { since: 0 },
  );
});

test("a line that breaks before the counter is raised: the next connection raises it", async () => {
  let breaks = 1;
  serve(() => (breaks-- > 0 ? { kind: "offline", detail: "reset" } : undefined));
  store.edit(aContact("1", {}));
  engine.start(NOTEBOOK);
  await eventually(async () => expect(await knownCounter()).toBe(8));
  await until(engine, isSynced);
});

test("an app that ended before the counter was raised raises it at its next start, and once", async () => {
  serve(() => undefined);
  engine.start(NOTEBOOK);
  await eventually(async () => expect(await knownCounter()).toBe(8));
  gateway.wake();
  await quiet(300);
  expect(marks()).toBe(1);
});

test("a server that takes no counter is asked ever more seldom, and nobody is troubled with it", async () => {
  serve(() => ({ status: 500, body: { error: "internal_server_error", reason: "" } }));
  await engine.dispose();
  engine = createSyncEngine({ store, gateway, random: () => 1, limits: quickLimits });
  engine.start(NOTEBOOK);
  await until(engine, isSynced);
  await quiet(2_500);
  expect(marks()).toBe(2);
  expect(engine.status().kind).toBe("synced");
});
