import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SegmentedLedger } from "../../../src-main/ledger/segmentedLedger";
import type { Change } from "../../../src-renderer/domain/edit";
import { closeTables, memoryTable, openDeviceOn, StillClock, type Device } from "../../support/notebookDevice";
import { openSealedLedger } from "../../support/sealedLedger";
import { storedNotebook } from "../../support/storedNotebook";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type OnDisk = Device<SegmentedLedger>;

let folder: string;
let last: OnDisk | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-healed-"));
});
afterEach(async () => {
  await ended();
  await closeTables();
  await rm(folder, { recursive: true });
});

/** Ends the program, as far as it runs. */
async function ended(): Promise<void> {
  if (!last) return;
  last.life.end();
  await last.ledger.close();
  last = undefined;
}

/** Starts the program on what is left of a device, or with a store of its own. */
async function started(left?: OnDisk): Promise<OnDisk> {
  const { table = await memoryTable(), clock = new StillClock() } = left ?? {};
  last = await openDeviceOn(await openSealedLedger(folder), { clock, table });
  return last;
}

/** A notebook whose ledger has three files, ended: every person was written into another one. */
async function threeFiles(): Promise<OnDisk> {
  const device = await started();
  const { notebook, ledger } = device;
  await notebook.begin("Wei");
  for (const name of ["first", "second", "third"]) {
    const end = await ledger.end();
    if (end.ok && name !== "first") await ledger.beginSnapshot(end.value.position);
    await ledger.abandonSnapshot();
    const named: Change = { op: "set", field: "nameLatin", value: name };
    const id = `contact:${name}` as const;
    await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes: [named] });
  }
  await notebook.flush();
  await ended();
  return device;
}

const named = async (prefix: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith(prefix) && !name.endsWith(".new")).sort();

async function segment(index: number): Promise<string> {
  return path.join(folder, (await named("segment-"))[index] ?? "none");
}

/** Changes one bit inside the first frame behind the header's two copies. */
async function flipInside(file: string): Promise<void> {
  const bytes = await readFile(file);
  const place = 4096 + 140 + 60;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  await writeFile(file, bytes);
}

/** Lets time pass, and then what runs outside of the clock. */
async function pass(device: OnDisk, ms: number, until: () => Promise<boolean>): Promise<void> {
  device.clock.advance(ms);
  for (let waited = 0; waited < 100 && !(await until()); waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    // What was begun in this time may rest in its turn.
    device.clock.advance(100);
  }
}

const hasSnapshot = async (): Promise<boolean> => (await named("snapshot-")).length > 0;

/** The notebook that is made anew from the ledger alone. */
async function fromLedger(): Promise<{ readonly stored: unknown; readonly device: OnDisk }> {
  const device = await started();
  await device.notebook.flush();
  return { stored: await storedNotebook(device.table), device };
}

describe("old damage of the ledger, while the store lives", () => {
  it("by a file that is missing is healed soon after the next start, and a store made anew lacks nothing", async () => {
    const device = await threeFiles();
    const before = await storedNotebook(device.table);
    await rm(await segment(1));
    const again = await started(device);
    expect(again.troubles.filter((trouble) => trouble !== null)).toEqual([]);
    await pass(again, 2_000, hasSnapshot);
    expect(await hasSnapshot()).toBe(true);
    await ended();

    const { stored, device: anew } = await fromLedger();
    expect(stored).toEqual(before);
    expect(anew.notebook.rebuilt).toMatchObject({ reason: "missing", damaged: [] });
  });

  it("inside a file is found by the check minutes later, and healed", async () => {
    const device = await threeFiles();
    const before = await storedNotebook(device.table);
    await flipInside(await segment(1));
    const again = await started(device);
    await pass(again, 4 * MINUTE, () => Promise.resolve(true));
    expect(await hasSnapshot()).toBe(false);
    await pass(again, 2 * MINUTE, hasSnapshot);
    expect(await hasSnapshot()).toBe(true);
    expect(again.logged).toContain("the ledger is damaged");
    await ended();
    expect((await fromLedger()).stored).toEqual(before);
  });

  it("is given back although the program ended before the snapshot was written", async () => {
    const device = await threeFiles();
    await flipInside(await segment(1));
    const again = await started(device);
    again.ledger.beginSnapshot = () => new Promise(() => undefined);
    await pass(again, 6 * MINUTE, () => Promise.resolve(again.logged.includes("the ledger is damaged")));
    await again.notebook.flush();
    await ended();
    expect(await hasSnapshot()).toBe(false);
    await pass(await started(device), 2_000, hasSnapshot);
    expect(await hasSnapshot()).toBe(true);
  });

  it("at the end of the ledger is healed by one snapshot, not by one at every start", async () => {
    const device = await threeFiles();
    await writeFile(await segment(2), Buffer.alloc(9_000));
    await pass(await started(device), 2_000, hasSnapshot);
    await ended();
    const [first, ...others] = await named("snapshot-");
    expect(others).toEqual([]);
    const before = await readFile(path.join(folder, first ?? ""));
    const again = await started(device);
    await pass(again, 10 * MINUTE, () => Promise.resolve(again.logged.includes("the ledger is damaged")));
    expect(again.logged).not.toContain("the ledger is damaged");
    expect(await named("snapshot-")).toEqual([first]);
    expect((await readFile(path.join(folder, first ?? ""))).equals(before)).toBe(true);
  }, 20_000);

  it("of the newest snapshot is healed by another one", async () => {
    const device = await threeFiles();
    const again = await started(device);
    await again.notebook.keepLedger();
    await again.notebook.edit({ kind: "delete", id: "contact:first" });
    await again.notebook.flush();
    await ended();
    const [first = ""] = await named("snapshot-");
    await flipInside(path.join(folder, first));
    const third = await started(device);
    const isThere = async (): Promise<boolean> => (await named("snapshot-")).some((name) => name !== first);
    await pass(third, 6 * MINUTE, isThere);
    expect(await isThere()).toBe(true);
  });

  it("is looked for once a day", async () => {
    const device = await threeFiles();
    const again = await started(device);
    let checks = 0;
    const check = again.ledger.check.bind(again.ledger);
    again.ledger.check = async (signal) => {
      const answer = await check(signal);
      checks += 1;
      return answer;
    };
    const counted = (count: number) => () => Promise.resolve(checks === count);
    await pass(again, 6 * MINUTE, counted(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await pass(again, DAY / 2, counted(2));
    expect(checks).toBe(1);
    await pass(again, DAY / 2, counted(2));
    expect(checks).toBe(2);
  }, 20_000);

  it("is not looked for again by a start on the same day", async () => {
    const device = await threeFiles();
    const again = await started(device);
    let isChecked = false;
    const check = again.ledger.check.bind(again.ledger);
    again.ledger.check = async (signal) => {
      const answer = await check(signal);
      isChecked = true;
      return answer;
    };
    await pass(again, 6 * MINUTE, () => Promise.resolve(isChecked));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await again.notebook.flush();
    await ended();
    await flipInside(await segment(1));
    const third = await started(device);
    await pass(third, 60 * MINUTE, () => Promise.resolve(third.logged.includes("the ledger is damaged")));
    expect(third.logged).not.toContain("the ledger is damaged");
    await pass(third, DAY, () => Promise.resolve(third.logged.includes("the ledger is damaged")));
    expect(third.logged).toContain("the ledger is damaged");
  }, 20_000);
});
