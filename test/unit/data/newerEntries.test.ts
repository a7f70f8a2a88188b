import { afterEach, describe, expect, it, vi } from "vitest";
import type * as Reading from "../../../src-renderer/data/readEntry";
import type { Change } from "../../../src-renderer/domain/edit";
import type { MemoryLedger } from "../../support/memoryLedger";
import { begunDevice, closeTables, openDevice, reopened, type Device } from "../../support/notebookDevice";
import { storedNotebook } from "../../support/storedNotebook";

/** Which formats of entries the running version of the app reads. */
const app = vi.hoisted(() => ({ format: 1 }));

/** The next version writes the same entries and calls their format 2. */
vi.mock(import("../../../src-renderer/data/readEntry"), async (original) => {
  const real: typeof Reading = await original();
  return {
    ...real,
    get readableEntries() {
      return app.format === 1 ? real.readableEntries : [...real.readableEntries, "format 2"];
    },
    readEntry: (text: string) => real.readEntry(app.format === 1 ? text : text.replace('{"f":2,', '{"f":1,')),
  };
});

afterEach(async () => {
  app.format = 1;
  await closeTables();
});

const DAY = 24 * 60 * 60_000;

async function named(device: Device, id: string, value: string): Promise<void> {
  const set: Change = { op: "set", field: "nameLatin", value };
  const saved = await device.notebook.edit({ kind: "change", id, changes: [set] });
  expect(saved.ok).toBe(true);
}

/** A notebook with one person, whose ledger goes on with what a newer version wrote: another name of that person. */
async function afterNewer(): Promise<Device> {
  const device = await begunDevice();
  const id = "contact:anna";
  await device.notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes: [] });
  await named(device, id, "before");
  await device.notebook.flush();
  const page = await device.ledger.read(0);
  const last = page.ok ? (page.value.entries.at(-1)?.entry ?? "") : "";
  expect(last.startsWith('{"f":1,') && last.includes("before")).toBe(true);
  await device.ledger.append([last.replace('{"f":1,', '{"f":2,').replace("before", "by the newer one")]);
  return device;
}

async function nameOf(device: Device): Promise<unknown> {
  return ((await device.notebook.read("contact:anna"))?.record.data as { nameLatin?: string } | undefined)?.nameLatin;
}

async function snapshotsOf(ledger: MemoryLedger): Promise<number> {
  const start = await ledger.start();
  return start.ok ? start.value.snapshots.length : -1;
}

/** Everything that is due in so much time, and what follows from it. */
async function pass({ clock }: Device, ms: number): Promise<void> {
  clock.advance(ms);
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("entries that only a newer version of the app can read", () => {
  it("are covered by no snapshot of an older one, however long it is used", async () => {
    const device = await reopened(await afterNewer());
    await named(device, "contact:anna", "x".repeat(10_000));
    for (let each = 0; each < 500; each += 1) await named(device, "contact:anna", `${each} ${"y".repeat(10_000)}`);
    await device.notebook.keepLedger();
    await pass(device, DAY);
    expect(await snapshotsOf(device.ledger)).toBe(0);
    await device.notebook.flush();
    // The entry lies behind what is stored by now, and is not read again.
    const again = await reopened(device);
    await again.notebook.keepLedger();
    await pass(again, DAY);
    expect(await snapshotsOf(again.ledger)).toBe(0);
    // Nor by one whose store was made anew.
    const anew = await openDevice({ ledger: device.ledger, clock: device.clock });
    await anew.notebook.keepLedger();
    expect(await snapshotsOf(anew.ledger)).toBe(0);
  }, 30_000);

  it("are taken in in their place by the version that can read them, and snapshots are written again", async () => {
    const older = await reopened(await afterNewer());
    expect(await nameOf(older)).toBe("before");
    const note: Change = { op: "set", field: "nameZh", value: "安娜" };
    await older.notebook.edit({
      kind: "create",
      id: "contact:later",
      type: "contact",
      visibility: "project",
      changes: [note],
    });
    await older.notebook.flush();
    app.format = 2;
    const upgraded = await reopened(older);
    expect(upgraded.notebook.rebuilt).toMatchObject({ reason: "upgraded", damaged: [] });
    expect(await nameOf(upgraded)).toBe("by the newer one");
    expect(await upgraded.notebook.read("contact:later")).toBeDefined();
    await upgraded.notebook.flush();
    const fresh = await openDevice({ ledger: older.ledger, clock: older.clock });
    await fresh.notebook.flush();
    expect(await storedNotebook(upgraded.table)).toEqual(await storedNotebook(fresh.table));
    await upgraded.notebook.keepLedger();
    expect(await snapshotsOf(upgraded.ledger)).toBe(1);
    const next = await reopened(upgraded);
    expect(next.notebook.rebuilt).toBeNull();
  });

  it("do not keep the next version from opening at once where there are none", async () => {
    const device = await begunDevice();
    await device.notebook.flush();
    app.format = 2;
    const upgraded = await reopened(device);
    expect(upgraded.notebook.rebuilt).toBeNull();
    await upgraded.notebook.keepLedger();
    expect(await snapshotsOf(upgraded.ledger)).toBe(1);
  });

  it("that a newer version has stored are in no snapshot of an older one either", async () => {
    app.format = 2;
    const newer = await reopened(await afterNewer());
    expect(await nameOf(newer)).toBe("by the newer one");
    await newer.notebook.flush();
    app.format = 1;
    const older = await reopened(newer);
    expect(older.notebook.rebuilt).toBeNull();
    expect(await nameOf(older)).toBe("by the newer one");
    await older.notebook.keepLedger();
    expect(await snapshotsOf(older.ledger)).toBe(0);
    await older.notebook.flush();
    app.format = 2;
    const again = await reopened(older);
    expect(await nameOf(again)).toBe("by the newer one");
    await again.notebook.keepLedger();
    expect(await snapshotsOf(again.ledger)).toBe(1);
  });

  it("are read over the store where the ledger has lost what that still has", async () => {
    const older = await reopened(await afterNewer());
    await older.notebook.edit({
      kind: "create",
      id: "contact:kept",
      type: "contact",
      visibility: "project",
      changes: [{ op: "set", field: "nameZh", value: "安娜" }],
    });
    await older.notebook.flush();
    older.ledger.cut(1);
    app.format = 2;
    const upgraded = await reopened(older);
    expect(upgraded.notebook.rebuilt).toBeNull();
    expect(await nameOf(upgraded)).toBe("by the newer one");
    expect(await upgraded.notebook.read("contact:kept")).toBeDefined();
    await pass(upgraded, 2_000);
    expect(await snapshotsOf(upgraded.ledger)).toBe(1);
  });
});
