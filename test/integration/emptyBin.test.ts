import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src-renderer/data/clock";
import type { RecordId } from "../../src-renderer/domain/ids";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import { begunDevice, closeTables, openDevice, StillClock, type Device } from "../support/notebookDevice";
import { createNodeGateway } from "../support/nodeGateway";
import { eventually, isSynced, quickLimits, until } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** Emptying the bin with the real store, the real engine and a real server process. */

class RunningClock extends StillClock {
  override now(): number {
    return systemClock.now();
  }
  override schedule(ms: number, task: () => void): () => void {
    return systemClock.schedule(ms, task);
  }
}

interface Computer {
  readonly device: Device;
  readonly engine: SyncEngine;
}

const li = "contact:01890000-0000-7000-8000-000000000001" as const;
let server: SyncServer;
const computers: Computer[] = [];

beforeEach(async () => {
  server = await startSyncServer();
});
afterEach(async () => {
  for (const { device, engine } of computers.splice(0)) {
    await engine.dispose();
    await device.notebook.close();
  }
  await closeTables();
  await server.dispose();
});

function online(device: Device): Computer {
  const engine = createSyncEngine({
    store: device.notebook.syncStore,
    gateway: createNodeGateway(server),
    random: () => 0.05,
    limits: quickLimits,
  });
  const computer = { device, engine };
  computers.push(computer);
  return computer;
}

async function aComputer(): Promise<Computer> {
  return online(await begunDevice({ clock: new RunningClock() }));
}

async function connected({ engine }: Computer): Promise<void> {
  engine.start(notebookKey(server));
  await until(engine, isSynced);
}

async function set({ device: { notebook } }: Computer, id: RecordId, nameLatin: string): Promise<void> {
  const changes = [{ op: "set" as const, field: "nameLatin", value: nameLatin }];
  expect((await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes })).ok).toBe(true);
}

async function erased({ device: { notebook } }: Computer, id: RecordId): Promise<void> {
  expect((await notebook.edit({ kind: "delete", id })).ok).toBe(true);
  expect(await notebook.emptyBin([id])).toEqual({ ok: true, value: { erased: 1 } });
}

/**
 * Whether the deletion for good has arrived: it stays on this computer and is never sent. The deletion into the bin that
 * came before it can arrive alone.
 */
function isGone({ device: { notebook } }: Computer): boolean {
  const { rows } = notebook.waiting({ offset: 0, limit: 10 }, true);
  return rows.some(({ id, reason }) => id === li && reason === "gone");
}

async function nameOf({ device: { notebook } }: Computer): Promise<unknown> {
  const record = (await notebook.read(li))?.record;
  return record?.type === "contact" && record.deletedAt === undefined ? record.data.nameLatin : record?.deletedAt;
}

function inBin({ device: { notebook } }: Computer): boolean | undefined {
  return notebook.rows([li])[0]?.bin;
}

/** What the server has under the id: its status and document. */
async function onServer(): Promise<{ readonly status: number; readonly text: string }> {
  const gateway = createNodeGateway(server);
  const answer = await gateway.request("send", { method: "GET", path: li });
  if (!answer.ok) throw new Error(answer.failure.kind);
  return { status: answer.value.status, text: answer.value.body };
}

/** Two computers that both have the record. */
async function twoWithLi(): Promise<readonly [Computer, Computer]> {
  const [a, b] = [await aComputer(), await aComputer()];
  await set(a, li, "Li");
  await connected(a);
  await connected(b);
  await eventually(async () => expect(await nameOf(b)).toBe("Li"));
  return [a, b];
}

test("what is emptied on one computer is deleted on the server and stays restorable in the bin of the other", async () => {
  const [a, b] = await twoWithLi();
  await erased(a, li);
  await eventually(async () => expect(await onServer()).toMatchObject({ status: 404 }));
  await eventually(() => expect(inBin(b)).toBe(true));
  expect(a.device.notebook.rows([li])).toEqual([null]);
  expect((await b.device.notebook.bin({ filter: "", offset: 0, limit: 10 })).rows.map(({ id }) => id)).toEqual([li]);
  expect((await b.device.notebook.edit({ kind: "restore", id: li })).ok).toBe(true);
  await eventually(async () => expect(await nameOf(a)).toBe("Li"));
  expect(await onServer()).toMatchObject({ status: 200 });
});

test("what another computer had deleted for good is erased here without a word to the server", async () => {
  const [a, b] = await twoWithLi();
  await erased(a, li);
  await eventually(() => expect(isGone(b)).toBe(true));
  expect(inBin(b)).toBe(true);
  await b.device.notebook.emptyBin(null);
  expect(b.device.notebook.rows([li])).toEqual([null]);
  expect(await b.device.notebook.syncStore.erased(10)).toEqual([]);
  await until(b.engine, isSynced);
});

test("an edit on one computer while the other empties its bin: alive on both, whoever is first", async () => {
  for (const first of ["the edit", "the emptying"] as const) {
    const [a, b] = await twoWithLi();
    await a.engine.stop();
    await b.engine.stop();
    await erased(a, li);
    await set(b, li, `Li Wei, after ${first}`);
    for (const each of first === "the edit" ? [b, a] : [a, b]) await connected(each);
    await eventually(async () => {
      expect(await nameOf(a)).toBe(`Li Wei, after ${first}`);
      expect(await nameOf(b)).toBe(`Li Wei, after ${first}`);
    });
    expect(await onServer()).toMatchObject({ status: 200 });
    for (const each of [a, b]) await each.engine.stop();
  }
});

test("a bin emptied offline is emptied on the server by the next run of the app, killed in between", async () => {
  const [a] = await twoWithLi();
  await a.engine.dispose();
  await erased(a, li);
  const { ledger, table, clock, life } = a.device;
  life.end();
  computers.splice(computers.indexOf(a), 1);
  const again = online(await openDevice({ ledger, table, clock }));
  expect(again.device.notebook.rows([li])).toEqual([null]);
  await connected(again);
  await eventually(async () => expect(await onServer()).toMatchObject({ status: 404 }));
  expect(await again.device.notebook.syncStore.erased(10)).toEqual([]);
});

test("a record erased and made again under its id is a new one everywhere", async () => {
  const [a, b] = await twoWithLi();
  await erased(a, li);
  await eventually(() => expect(inBin(b)).toBe(true));
  await set(a, li, "Li anew");
  await eventually(async () => expect(await nameOf(b)).toBe("Li anew"));
});
