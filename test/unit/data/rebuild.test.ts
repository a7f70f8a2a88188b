import { afterEach, describe, expect, it } from "vitest";
import type { Notebook } from "../../../src-renderer/data/notebook";
import type { RowTable } from "../../../src-renderer/data/recordsCollection";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { MemoryLedger } from "../../support/memoryLedger";
import {
  begunDevice,
  closeTables,
  ledgerClient,
  memoryTable,
  openDevice,
  reopened,
  StillClock,
  type Device,
  type DeviceHost,
} from "../../support/notebookDevice";
import { openNotebook } from "../../../src-renderer/data/openNotebook";
import { plainSealer } from "../../support/plainSealer";

afterEach(closeTables);

async function create(notebook: Notebook, name: string): Promise<RecordId> {
  const id = `contact:${name}` as const;
  const changes = [{ op: "set" as const, field: "nameLatin", value: name }];
  const saved = await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes });
  if (!saved.ok) throw new Error(saved.failure.kind);
  return id;
}

async function names({ notebook }: Pick<Device, "notebook">): Promise<readonly string[]> {
  return (await notebook.ids({ type: "contact", filter: "" })).map((id) => id.slice("contact:".length));
}

/** With two snapshots, and one more record after them. */
async function worked(): Promise<{ readonly device: Device; readonly snapshots: readonly number[] }> {
  const device = await begunDevice();
  await create(device.notebook, "anna");
  await device.notebook.keepLedger();
  await create(device.notebook, "bo");
  await device.notebook.keepLedger();
  await create(device.notebook, "carla");
  await device.notebook.flush();
  const start = await device.ledger.start();
  if (!start.ok) throw new Error(start.failure.kind);
  expect(start.value.snapshots.length).toBe(2);
  return { device, snapshots: start.value.snapshots };
}

describe("a store that is gone", () => {
  it("comes back from the newest snapshot and what follows", async () => {
    const { device } = await worked();
    const again = await reopened(device, { table: await memoryTable() });
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
    expect(again.notebook.replayed).toBe(1);
    expect(again.notebook.rebuilt).toEqual({ reason: "missing", records: 4, notes: 0, damaged: [] });
    expect((await reopened(again)).notebook.rebuilt).toBeNull();
  });

  it("comes back from an older snapshot where the newest is damaged, and from the first entry where all are", async () => {
    const { device, snapshots } = await worked();
    const [older = 0, newest = 0] = snapshots;
    device.ledger.damageSnapshot(newest, 1);
    const again = await reopened(device, { table: await memoryTable() });
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
    expect(again.notebook.replayed).toBe(2);
    device.ledger.damageSnapshot(older, 0);
    const third = await reopened(again, { table: await memoryTable() });
    expect(await names(third)).toEqual(["anna", "bo", "carla"]);
    expect(third.notebook.rebuilt?.damaged).toEqual([]);
  });

  it("comes back as far as it can be read where nothing older is left, and says what is missing", async () => {
    const { device, snapshots } = await worked();
    const newest = snapshots.at(-1) ?? 0;
    device.ledger.dropBefore(newest);
    device.ledger.damageSnapshot(newest, 0);
    const again = await reopened(device, { table: await memoryTable() });
    expect(await names(again)).toEqual(["carla"]);
    expect(again.notebook.rebuilt?.damaged).toEqual([{ from: 0, to: newest }]);
  });
});

describe("a store that is there", () => {
  it("is made anew if it is that of another ledger, and left alone if that one is empty", async () => {
    const { device } = await worked();
    const other = await begunDevice();
    await create(other.notebook, "dora");
    await other.notebook.flush();
    const again = await reopened(device, { table: other.table });
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
    expect(again.notebook.rebuilt?.reason).toBe("other-ledger");

    const kept = await reopened(again, { ledger: new MemoryLedger() });
    expect(await names(kept)).toEqual(["anna", "bo", "carla"]);
    expect(kept.notebook.rebuilt).toBeNull();
  });

  it("that has more than the ledger is kept and given to the ledger at once", async () => {
    const { device } = await worked();
    device.ledger.cut(1);
    const again = await reopened(device);
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
    again.clock.advance(2_000);
    await again.notebook.keepLedger();
    const third = await reopened(again, { table: await memoryTable() });
    expect(await names(third)).toEqual(["anna", "bo", "carla"]);
  });

  it("is made anew where history that it has not followed was dropped", async () => {
    const { device, snapshots } = await worked();
    const fresh = await memoryTable();
    const early = await openDevice({ ledger: new MemoryLedger(), table: fresh, clock: device.clock });
    early.life.end();
    const rows = await fresh.get(["state:applied"]);
    const row = rows.get("state:applied");
    if (!row) throw new Error("no position");
    const applied = JSON.stringify({ ledger: device.ledger.ledger, position: 1, notesFrom: 1 });
    await fresh.write([{ kind: "put", fresh: false, row: { ...row, sealed: applied } }]);
    device.ledger.dropBefore(snapshots.at(-1) ?? 0);
    const again = await reopened(device, { table: fresh });
    expect(again.notebook.rebuilt?.reason).toBe("behind");
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
  });

  it("is made anew if a row of it does not open", async () => {
    const { device } = await worked();
    const reading: RowTable["get"] = (ids) =>
      ids.includes("state:identity") && failing ? Promise.reject(new Error("damaged")) : device.table.get(ids);
    let failing = true;
    const { table } = device;
    const again = await reopened(device, {
      table: {
        get: reading,
        write: (writes) => table.write(writes),
        ofType: (type) => table.ofType(type),
        all: (limit, after) => table.all(limit, after),
        close: () => Promise.resolve(),
        empty: async () => {
          failing = false;
          await table.empty?.();
        },
      },
    });
    expect(again.notebook.rebuilt?.reason).toBe("damaged");
    expect(await names(again)).toEqual(["anna", "bo", "carla"]);
  });

  it("that cannot even be made anew gets another place, asked for once", async () => {
    const { device } = await worked();
    device.life.end();
    const host: DeviceHost = { copied: false, renewals: [] };
    const opened = await openNotebook({
      openTable: () => Promise.reject(new Error("no backing store")),
      removeTable: () => Promise.resolve(),
      ledger: ledgerClient(device.ledger, undefined, host),
      sealer: plainSealer,
      clock: new StillClock(),
      readShipped: () => Promise.resolve("[]"),
      onChanged: () => undefined,
      onNoteChanged: () => undefined,
      onQuarantine: () => undefined,
      onHistory: () => undefined,
      onTrouble: () => undefined,
      log: () => undefined,
    });
    expect(opened).toMatchObject({ ok: false, failure: { kind: "store-failed", detail: "no backing store" } });
    expect(host.renewals).toEqual(["no backing store"]);
  });
});

describe("a notebook that was copied to another computer", () => {
  it("takes a device id of its own and begins its counters on the servers anew", async () => {
    const device = await begunDevice();
    const before = device.notebook.identity;
    const state = { serverId: "uuid", checkpoint: "7-x", counter: 3 };
    await device.notebook.syncStore.setServerState("n", state);
    const host: DeviceHost = { copied: true, renewals: [] };
    const copy = await reopened(device, { host, table: await memoryTable() });
    expect(copy.notebook.identity).toMatchObject({ author: before?.author, name: before?.name });
    expect(copy.notebook.identity?.device).not.toBe(before?.device);
    expect(copy.notebook.syncStore.device()).toBe(copy.notebook.identity?.device);
    expect(await copy.notebook.syncStore.serverState("n")).toEqual({ ...state, counter: 0 });
    expect(host.copied).toBe(false);
    expect((await reopened(copy)).notebook.identity).toEqual(copy.notebook.identity);
  });
});
