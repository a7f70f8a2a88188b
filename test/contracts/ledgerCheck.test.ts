import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk, type Disk } from "../../src-main/ledger/format/disk";
import type { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import type { Stretch } from "../../src-main/shared/ledger";
import { appended } from "../support/ledgerReading";
import { openSealedLedger } from "../support/sealedLedger";

let folder: string;
const openLedgers: SegmentedLedger[] = [];

async function open(disk?: Disk): Promise<SegmentedLedger> {
  const ledger = await openSealedLedger(folder, disk ? { disk } : {});
  openLedgers.push(ledger);
  return ledger;
}

async function closeAll(): Promise<void> {
  for (const ledger of openLedgers.splice(0)) await ledger.close();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-check-"));
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

/** Three segments of three entries each, closed; where each ends. */
async function threeSegments(): Promise<{ readonly names: readonly string[]; readonly ends: readonly number[] }> {
  const ledger = await open();
  const ends: number[] = [];
  for (const segment of ["a", "b", "c"]) {
    let end = 0;
    for (const index of [1, 2, 3]) end = await appended(ledger, [`"${segment}${index} ${"文".repeat(100)}"`]);
    ends.push(end);
    // A snapshot that is given up leaves nothing but the new segment.
    if (segment !== "c") await ledger.beginSnapshot(end);
    await ledger.abandonSnapshot();
  }
  await closeAll();
  const names = (await readdir(folder)).filter((name) => name.startsWith("segment-")).sort();
  return { names, ends };
}

async function snapshot(ledger: SegmentedLedger, position: number): Promise<void> {
  expect(await ledger.beginSnapshot(position)).toEqual({ ok: true, value: null });
  expect(await ledger.addToSnapshot(['"all there is"'])).toEqual({ ok: true, value: null });
  expect(await ledger.endSnapshot()).toEqual({ ok: true, value: null });
  await ledger.settled();
}

async function flip(name: string, place: number): Promise<void> {
  const file = path.join(folder, name);
  const bytes = await readFile(file);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  await writeFile(file, bytes);
}

async function gapsAtStart(ledger: SegmentedLedger): Promise<readonly Stretch[]> {
  const start = await ledger.start();
  if (!start.ok) throw new Error(start.failure.kind);
  return start.value.gaps;
}

async function checked(ledger: SegmentedLedger): Promise<readonly Stretch[]> {
  const found = await ledger.check(new AbortController().signal);
  if (!found.ok) throw new Error(found.failure.kind);
  return found.value.gaps;
}

/** The header's 140 bytes, and their copy in the next block. */
const firstFrame = 4096 + 140;

describe("damage of old files of a ledger", () => {
  it("is none in a ledger that is whole", async () => {
    await threeSegments();
    const ledger = await open();
    expect(await gapsAtStart(ledger)).toEqual([]);
    expect(await checked(ledger)).toEqual([]);
    await snapshot(ledger, await position(ledger));
    expect(await gapsAtStart(ledger)).toEqual([]);
    expect(await checked(ledger)).toEqual([]);
  });

  it.each([
    ["is missing", async (name: string) => rm(path.join(folder, name))],
    ["has no whole header", async (name: string) => writeFile(path.join(folder, name), Buffer.alloc(9_000))],
    ["is empty", async (name: string) => writeFile(path.join(folder, name), "")],
  ])("is told by the start where a file %s", async (_, harm) => {
    const { names, ends } = await threeSegments();
    const [, middle = ""] = names;
    const [first = 0, second = 0] = ends;
    await harm(middle);
    const ledger = await open();
    expect(await gapsAtStart(ledger)).toEqual([{ from: first, to: second }]);
    expect(await checked(ledger)).toEqual([{ from: first, to: second }]);
  });

  it("is told by the start where a file was cut short", async () => {
    const { names, ends } = await threeSegments();
    const [first = ""] = names;
    const [end = 0] = ends;
    const bytes = await readFile(path.join(folder, first));
    await writeFile(path.join(folder, first), bytes.subarray(0, bytes.length - 200));
    const [gap, ...others] = await gapsAtStart(await open());
    expect(gap).toMatchObject({ to: end });
    expect(gap?.from).toBeGreaterThan(0);
    expect(others).toEqual([]);
  });

  it("in the middle of a file costs no start anything, and is found by a check", async () => {
    const { names, ends } = await threeSegments();
    const [, middle = ""] = names;
    const [first = 0, second = 0] = ends;
    await flip(middle, firstFrame + 60);
    const ledger = await open();
    expect(await gapsAtStart(ledger)).toEqual([]);
    const [gap, ...others] = await checked(ledger);
    expect(others).toEqual([]);
    expect(gap?.from).toBe(first);
    expect(gap?.to).toBeGreaterThan(first);
    expect(gap?.to).toBeLessThan(second);
  });

  it("is found by a check in the segment that is appended to", async () => {
    const { names, ends } = await threeSegments();
    const [, , last = ""] = names;
    await flip(last, firstFrame + 60);
    const [gap] = await checked(await open());
    expect(gap?.from).toBe(ends[1]);
  });

  it("is found by a check where a file went, or the disk fails to give it, while the program runs", async () => {
    const { names, ends } = await threeSegments();
    const [first = "", middle = ""] = names;
    const [a = 0, b = 0] = ends;
    let isBad = false;
    const ledger = await open({
      ...nodeDisk,
      open: (file, flags) =>
        isBad && file.endsWith(middle)
          ? Promise.reject(Object.assign(new Error("bad block"), { code: "EIO" }))
          : nodeDisk.open(file, flags),
    });
    isBad = true;
    await rm(path.join(folder, first));
    expect(await checked(ledger)).toEqual([
      { from: 0, to: a },
      { from: a, to: b },
    ]);
  });

  it("is healed by a snapshot behind it, and is there again when that is damaged as well", async () => {
    const { names } = await threeSegments();
    const [, middle = ""] = names;
    await rm(path.join(folder, middle));
    const ledger = await open();
    const end = await position(ledger);
    await snapshot(ledger, end);
    expect(await gapsAtStart(ledger)).toEqual([]);
    expect(await checked(ledger)).toEqual([]);
    await closeAll();

    const [name = ""] = (await readdir(folder)).filter((each) => each.startsWith("snapshot-"));
    await flip(name, firstFrame + 60);
    const again = await open();
    const gaps = await checked(again);
    expect(gaps[0]).toEqual({ from: 0, to: end });
    expect(gaps.length).toBeGreaterThan(1);
  });

  it("is told of a snapshot whose history was dropped, since nothing else stands for that", async () => {
    const day = 24 * 60 * 60_000;
    let now = Date.now();
    const aged = await openSealedLedger(folder, { now: () => now });
    openLedgers.push(aged);
    await appended(aged, ['"old"']);
    await snapshot(aged, await position(aged));
    for (let month = 0; month < 5; month += 1) {
      now += 29 * day;
      await appended(aged, [`"month ${month}"`]);
    }
    await snapshot(aged, await position(aged));
    const start = await aged.start();
    if (!start.ok) throw new Error(start.failure.kind);
    expect(start.value.begin).toBeGreaterThan(0);
    expect(start.value.gaps).toEqual([]);
    await closeAll();
    for (const name of await readdir(folder)) {
      if (name.startsWith("snapshot-")) await rm(path.join(folder, name));
    }
    const without = await open();
    expect(await gapsAtStart(without)).toEqual([{ from: 0, to: start.value.begin }]);
    expect(await checked(without)).toEqual([{ from: 0, to: start.value.begin }]);
  });

  it("is not looked for any more once the ledger is closed", async () => {
    await threeSegments();
    const ledger = await open();
    const checking = ledger.check(new AbortController().signal);
    await ledger.close();
    expect(await checking).toMatchObject({ ok: false });
    expect(await ledger.check(new AbortController().signal)).toMatchObject({ ok: false });
  });

  it("is not mistaken in files that are packed while a check reads them", async () => {
    await threeSegments();
    const ledger = await open();
    const checking = checked(ledger);
    await snapshot(ledger, await position(ledger));
    expect(await checking).toEqual([]);
    expect((await readdir(folder)).some((name) => name.startsWith("pack-"))).toBe(true);
  });
});

async function position(ledger: SegmentedLedger): Promise<number> {
  const end = await ledger.end();
  if (!end.ok) throw new Error(end.failure.kind);
  return end.value.position;
}

it("a copy of a file that is in the folder twice is no damage", async () => {
  const { names } = await threeSegments();
  const [first = ""] = names;
  await copyFile(path.join(folder, first), path.join(folder, `${first}-2`));
  const ledger = await open();
  expect(await gapsAtStart(ledger)).toEqual([]);
  expect(await checked(ledger)).toEqual([]);
});
