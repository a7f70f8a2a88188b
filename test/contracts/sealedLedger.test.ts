import { randomBytes, randomUUID } from "node:crypto";
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk } from "../../src-main/ledger/format/disk";
import { SealedFile } from "../../src-main/ledger/format/sealedFile";
import { SegmentedLedger, type SegmentedLedgerOptions } from "../../src-main/ledger/segmentedLedger";
import { appended, readAll, readAroundDamage, readSnapshot } from "../support/ledgerReading";
import { ledgerKey, ledgerNotebook, openSealedLedger } from "../support/sealedLedger";
import { mountSmallDisk, type SmallDisk } from "../support/smallDisk";

let folder: string;
const openLedgers: SegmentedLedger[] = [];

async function open(at = folder, options: Partial<SegmentedLedgerOptions> = {}): Promise<SegmentedLedger> {
  const ledger = await openSealedLedger(at, options);
  openLedgers.push(ledger);
  return ledger;
}

async function closeAll(): Promise<void> {
  for (const ledger of openLedgers.splice(0)) await ledger.close();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-ledger-"));
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

const named = async (prefix: string, at = folder): Promise<string[]> =>
  (await readdir(at)).filter((name) => name.startsWith(prefix)).sort();

async function onlySegment(): Promise<string> {
  const [name, ...others] = await named("segment-");
  if (!name || others.length > 0) throw new Error("not one segment");
  return path.join(folder, name);
}

/** Appends each group and closes; the places where the frames of the one segment begin, and its end. */
async function written(...appends: string[][]): Promise<{ bytes: Buffer; cuts: number[] }> {
  const ledger = await open();
  for (const entries of appends) await appended(ledger, entries);
  await closeAll();
  const name = await onlySegment();
  const opened = await SealedFile.open(nodeDisk, name, ledgerKey);
  if (!opened.ok) throw new Error(opened.failure.kind);
  const file = opened.value;
  const cuts = [file.framesAt];
  for (let frame = await file.frameAt(file.framesAt); frame; frame = await file.frameAt(frame.next))
    cuts.push(frame.next);
  await file.close();
  return { bytes: await readFile(name), cuts };
}

/** A ledger of three segments with three entries each, closed; their names in order. */
async function threeSegments(): Promise<{ names: string[]; entries: string[]; ends: number[] }> {
  const ledger = await open();
  const entries: string[] = [];
  const ends: number[] = [];
  for (const segment of ["a", "b", "c"]) {
    for (const index of [1, 2, 3]) {
      entries.push(`${segment}${index}`);
      ends.push(await appended(ledger, [`${segment}${index}`]));
    }
    // A snapshot that is given up leaves nothing but the new segment.
    if (segment !== "c") await ledger.beginSnapshot(ends.at(-1) ?? 0);
    await ledger.abandonSnapshot();
  }
  await closeAll();
  return { names: await named("segment-"), entries, ends };
}

describe("a reopened ledger", () => {
  it("holds what was appended, and goes on at the same position", async () => {
    const first = await open();
    await appended(first, ["one"]);
    const end = await appended(first, ["two", "three"]);
    const before = await first.start();
    await first.close();
    const again = await open();
    expect(await again.end()).toEqual({ ok: true, value: { position: end } });
    expect(await again.start()).toEqual(before);
    await appended(again, ["four"]);
    expect(await readAll(again)).toEqual(["one", "two", "three", "four"]);
  });

  it("holds every answered append although the program never closed it", async () => {
    const abandoned = await open();
    await Promise.all(["one", "two", "three"].map((entry) => appended(abandoned, [entry])));
    expect(await readAll(await open())).toEqual(["one", "two", "three"]);
  });

  it("can be read by its owner only, and by nobody without the key", async () => {
    await appended(await open(), ["a secret text"]);
    const name = await onlySegment();
    expect((await stat(name)).mode & 0o077).toBe(0);
    expect((await readFile(name)).includes("secret")).toBe(false);
  });

  it("begins a new segment beyond four mebibytes, and reads across them", async () => {
    const ledger = await open();
    const entries = Array.from({ length: 12 }, (_, index) => `${index} ${"x".repeat(1_000_000)}`);
    for (const entry of entries) await appended(ledger, [entry]);
    expect((await named("segment-")).length).toBe(3);
    expect((await readAll(ledger)).map((entry) => entry.slice(0, 3))).toEqual(
      entries.map((entry) => entry.slice(0, 3)),
    );
    await closeAll();
    expect(await readAll(await open(), 0, 3_000_000)).toEqual(entries);
  });
});

describe("a torn tail", () => {
  const tornTails = async (at = folder): Promise<Buffer[]> =>
    Promise.all((await named("torn-", at)).map((name) => readFile(path.join(at, name))));

  it("is cut off at whichever byte the last append broke, kept aside, and appending goes on", async () => {
    const { bytes, cuts } = await written(["one"], ["two", "drei 桥", "x".repeat(50)]);
    const kept = cuts[1] ?? 0;
    const name = await onlySegment();
    for (let length = kept + 1; length < bytes.length; length++) {
      await writeFile(name, bytes.subarray(0, length));
      const ledger = await open();
      expect(await readAll(ledger), `${length - kept} bytes of the last append`).toEqual(["one"]);
      expect(await tornTails(), `${length - kept} bytes of the last append`).toEqual([bytes.subarray(kept, length)]);
      await appended(ledger, ["after"]);
      expect(await readAll(ledger)).toEqual(["one", "after"]);
      await closeAll();
      for (const torn of await named("torn-")) await rm(path.join(folder, torn));
    }
  });

  it("of an append in several frames takes all of it away", async () => {
    const { bytes, cuts } = await written(["one"], ["x".repeat(900_000), "y".repeat(900_000), "z".repeat(900_000)]);
    expect(cuts.length).toBe(5);
    const name = await onlySegment();
    for (const cut of cuts.slice(2, 4)) {
      await writeFile(name, bytes.subarray(0, cut));
      const ledger = await open();
      expect(await readAll(ledger)).toEqual(["one"]);
      expect((await tornTails()).at(-1)?.length).toBe(cut - (cuts[1] ?? 0));
      await closeAll();
    }
  });

  it("of zeros, as some file systems leave after a power cut, is cut off", async () => {
    await written(["one"]);
    await appendFile(await onlySegment(), Buffer.alloc(5000));
    expect(await readAll(await open())).toEqual(["one"]);
    expect(await tornTails()).toEqual([Buffer.alloc(5000)]);
  });

  it("in the very first append leaves an empty ledger that works", async () => {
    const { bytes, cuts } = await written(["one"]);
    await writeFile(await onlySegment(), bytes.subarray(0, (cuts[0] ?? 0) + 10));
    const ledger = await open();
    expect(await ledger.end()).toEqual({ ok: true, value: { position: 0 } });
    await appended(ledger, ["after"]);
    expect(await readAll(ledger)).toEqual(["after"]);
  });
});

describe("damage inside a segment", () => {
  it("at any byte is found, named with its place, and everything around it can still be read", async () => {
    const { bytes, cuts } = await written(["one"], ["two"], ["three", "four"]);
    const [, from = 0, to = 0] = cuts;
    const name = await onlySegment();
    for (let at = from; at < to; at++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (at & 7)), at);
      await writeFile(name, damaged);
      const ledger = await open();
      expect(await ledger.read(4), `byte ${at - from}`).toEqual({
        ok: false,
        failure: { kind: "ledger-damaged", at: 4, resume: 8 },
      });
      expect(await readAroundDamage(ledger), `byte ${at - from}`).toEqual(["one", "three", "four"]);
      expect(await named("torn-"), `byte ${at - from}`).toEqual([]);
      await closeAll();
    }
  });

  it("of one copy of the header harms nothing", async () => {
    const { bytes } = await written(["one"], ["two"]);
    const name = await onlySegment();
    for (const block of [0, 4096]) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0, block, block + 140);
      await writeFile(name, damaged);
      const ledger = await open();
      expect(await readAll(ledger), `block ${block}`).toEqual(["one", "two"]);
      await closeAll();
    }
  });

  it("does not stop appends", async () => {
    const { bytes, cuts } = await written(["one"], ["two"], ["three"]);
    const damaged = Buffer.from(bytes);
    damaged.fill(0, (cuts[1] ?? 0) + 5, cuts[2]);
    await writeFile(await onlySegment(), damaged);
    const ledger = await open();
    await appended(ledger, ["four"]);
    expect(await readAroundDamage(ledger)).toEqual(["one", "three", "four"]);
  });

  it("larger than a reading window is passed over", async () => {
    const { bytes, cuts } = await written(["one"], ["two"]);
    const hole = Buffer.alloc(3_000_000, "Q");
    await writeFile(await onlySegment(), Buffer.concat([bytes.subarray(0, cuts[1]), hole, bytes.subarray(cuts[1])]));
    const ledger = await open();
    expect(await readAroundDamage(ledger)).toEqual(["one", "two"]);
  });

  it("done while the program runs is found by the next reader", async () => {
    const ledger = await open();
    await appended(ledger, ["one"]);
    await appended(ledger, ["two"]);
    const name = await onlySegment();
    const opened = await SealedFile.open(nodeDisk, name, ledgerKey);
    if (!opened.ok) throw new Error(opened.failure.kind);
    const bytes = await readFile(name);
    bytes.fill(0, opened.value.framesAt + 50, opened.value.framesAt + 60);
    await opened.value.close();
    await writeFile(name, bytes, { flag: "r+" });
    expect(await ledger.read(0)).toEqual({ ok: false, failure: { kind: "ledger-damaged", at: 0, resume: 4 } });
  });

  it("that cuts a closed segment short is named, and the next one read", async () => {
    const { names, entries } = await threeSegments();
    const [first = ""] = names;
    const size = (await stat(path.join(folder, first))).size;
    await truncate(path.join(folder, first), size - 150);
    const ledger = await open();
    expect(await ledger.read(6)).toEqual({ ok: false, failure: { kind: "ledger-damaged", at: 6, resume: 9 } });
    expect(await readAroundDamage(ledger)).toEqual(entries.filter((entry) => entry !== "a3"));
    await appended(ledger, ["after"]);
    expect((await readAroundDamage(ledger)).at(-1)).toBe("after");
  });
});

describe("segment files", () => {
  it("that are missing are named, and the others read", async () => {
    const { names, entries } = await threeSegments();
    for (const [index, resume] of [9, 18].entries()) {
      const name = path.join(folder, names[index] ?? "");
      await rename(name, `${folder}.aside`);
      const ledger = await open();
      const letter = "ab"[index] ?? "";
      expect(await ledger.read(index * 9)).toEqual({
        ok: false,
        failure: { kind: "ledger-damaged", at: index * 9, resume },
      });
      expect(await readAroundDamage(ledger)).toEqual(entries.filter((entry) => !entry.startsWith(letter)));
      expect(await ledger.end()).toMatchObject({ value: { position: 27 } });
      await closeAll();
      await rename(`${folder}.aside`, name);
    }
  });

  it("whose names were exchanged are what their headers say", async () => {
    const { names, entries } = await threeSegments();
    const [a = "", b = "", c = ""] = names.map((name) => path.join(folder, name));
    await rename(a, `${a}x`);
    await rename(c, a);
    await rename(b, c);
    await rename(`${a}x`, b);
    const ledger = await open();
    expect(await readAll(ledger)).toEqual(entries);
    await appended(ledger, ["after"]);
    await closeAll();
    expect(await readAll(await open())).toEqual([...entries, "after"]);
  });

  it("that are there twice count once", async () => {
    const { names, entries } = await threeSegments();
    for (const name of names) await copyFile(path.join(folder, name), path.join(folder, `${name} (copy)`));
    const ledger = await open();
    expect(await readAll(ledger)).toEqual(entries);
    await appended(ledger, ["after"]);
    await closeAll();
    expect(await readAll(await open())).toEqual([...entries, "after"]);
  });

  it("of another ledger of the notebook are not mixed in", async () => {
    const { entries } = await threeSegments();
    const elsewhere = await mkdtemp(path.join(tmpdir(), "qiao-ledger-"));
    const other = await open(elsewhere);
    await appended(other, ["z".repeat(100)]);
    await other.close();
    const [stray = ""] = await named("segment-", elsewhere);
    await copyFile(path.join(elsewhere, stray), path.join(folder, "segment-9999999999999999"));
    await rm(elsewhere, { recursive: true });
    expect(await readAll(await open())).toEqual(entries);
  });

  it("whose header is gone keep their place, and their positions are not given again", async () => {
    const { names, entries } = await threeSegments();
    const last = path.join(folder, names[2] ?? "");
    const bytes = await readFile(last);
    bytes.fill(1, 0, 4096 + 140);
    await writeFile(last, bytes);
    const ledger = await open();
    const end = await ledger.end();
    expect(end.ok && end.value.position).toBeGreaterThanOrEqual(27);
    expect(await ledger.read(18)).toMatchObject({ ok: false, failure: { kind: "ledger-damaged", at: 18 } });
    await appended(ledger, ["after"]);
    expect(await readAroundDamage(ledger)).toEqual([...entries.slice(0, 6), "after"]);
    expect(await readFile(last)).toEqual(bytes);
  });
});

describe("a ledger that is not ours to open", () => {
  const openAs = async (key: Buffer, notebook: string): Promise<unknown> => {
    const opened = await SegmentedLedger.open({ folder, key, notebook, now: () => Date.now() });
    return opened.ok ? "opened" : opened.failure;
  };
  const contents = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        (await readdir(folder)).map(
          async (name) => [name, (await readFile(path.join(folder, name))).toString("hex")] as const,
        ),
      ),
    );

  it("because of the key, the notebook or a newer format is answered, and nothing is changed", async () => {
    const { names } = await threeSegments();
    await appendFile(path.join(folder, names[2] ?? ""), "a torn tail");
    await writeFile(path.join(folder, "snapshot-0000000000000027.new"), "unfinished");
    const before = await contents();
    const unavailable = (detail: string): unknown => ({ kind: "ledger-unavailable", detail });
    expect(await openAs(randomBytes(32), ledgerNotebook)).toEqual(unavailable("wrong-key"));
    expect(await openAs(ledgerKey, randomUUID())).toEqual(unavailable("other-notebook"));
    expect(await contents()).toEqual(before);
    const newer = Buffer.from(before[names[0] ?? ""] ?? "", "hex");
    newer.writeUInt16LE(2, 8);
    await writeFile(path.join(folder, "segment-8888888888888888"), newer.subarray(0, 4000));
    const withNewer = await contents();
    expect(await openAs(ledgerKey, ledgerNotebook)).toEqual(unavailable("newer-format"));
    expect(await contents()).toEqual(withNewer);
  });

  it("because a file stands where its folder should be is answered, not thrown", async () => {
    await writeFile(path.join(folder, "ledger"), "");
    const opened = await SegmentedLedger.open({
      folder: path.join(folder, "ledger"),
      key: ledgerKey,
      notebook: ledgerNotebook,
      now: () => Date.now(),
    });
    expect(opened).toMatchObject({ ok: false, failure: { kind: "ledger-unavailable" } });
  });
});

describe("a snapshot", () => {
  it("that was not ended is gone after a restart, and so are its bytes", async () => {
    const ledger = await open();
    const end = await appended(ledger, ["one"]);
    await ledger.beginSnapshot(end);
    await ledger.addToSnapshot(["x".repeat(2_000_000)]);
    expect((await named("snapshot-")).length).toBe(1);
    const again = await open();
    expect(await named("snapshot-")).toEqual([]);
    expect(await again.start()).toMatchObject({ value: { snapshots: [] } });
  });

  it("names what of it is damaged or missing, and the rest can be read", async () => {
    const ledger = await open();
    const end = await appended(ledger, ["one"]);
    await ledger.beginSnapshot(end);
    const entries = Array.from({ length: 6 }, (_, index) => `${index} ${randomBytes(400_000).toString("hex")}`);
    await ledger.addToSnapshot(entries);
    await ledger.endSnapshot();
    await ledger.settled();
    await closeAll();
    const [name = ""] = await named("snapshot-");
    const whole = await readFile(path.join(folder, name));
    const opened = await SealedFile.open(nodeDisk, path.join(folder, name), ledgerKey);
    if (!opened.ok) throw new Error(opened.failure.kind);
    const cuts = [opened.value.framesAt];
    for (let index = 0; index < 6; index++) cuts.push((await opened.value.frameAt(cuts[index] ?? 0))?.next ?? 0);
    await opened.value.close();
    const around = async (bytes: Buffer): Promise<{ firsts: string[]; damages: number }> => {
      await writeFile(path.join(folder, name), bytes);
      const reopened = await open();
      const firsts: string[] = [];
      let damages = 0;
      let from: number | null = 0;
      while (from !== null) {
        const page: Awaited<ReturnType<SegmentedLedger["readSnapshot"]>> = await reopened.readSnapshot(end, from);
        if (page.ok) {
          firsts.push(...page.value.entries.map((entry) => entry.charAt(0)));
          from = page.value.next;
        } else {
          damages++;
          const resume: number | undefined = page.failure.kind === "ledger-damaged" ? page.failure.resume : undefined;
          from = resume !== undefined && resume > from ? resume : null;
        }
      }
      await closeAll();
      return { firsts, damages };
    };
    expect(await around(whole)).toEqual({ firsts: ["0", "1", "2", "3", "4", "5"], damages: 0 });
    const flipped = Buffer.from(whole);
    flipped.fill(0, (cuts[2] ?? 0) + 100, (cuts[2] ?? 0) + 110);
    expect(await around(flipped)).toEqual({ firsts: ["0", "1", "3", "4", "5"], damages: 1 });
    const without = Buffer.concat([whole.subarray(0, cuts[3]), whole.subarray(cuts[4])]);
    expect(await around(without)).toEqual({ firsts: ["0", "1", "2", "4", "5"], damages: 1 });
    const cutShort = await around(whole.subarray(0, cuts[4]));
    expect(cutShort).toEqual({ firsts: [], damages: 1 });
  });
});

describe("a disk that refuses", () => {
  let disk: SmallDisk;
  let notebook: string;

  beforeEach(async () => {
    disk = await mountSmallDisk(512);
    notebook = path.join(disk.folder, "notebook");
  });
  afterEach(async () => {
    await closeAll();
    await disk.dispose();
  });
  const fill = (bytes: number): Promise<void> => writeFile(path.join(disk.folder, "other"), Buffer.alloc(bytes));
  const freeRoom = (): Promise<void> => rm(path.join(disk.folder, "other"));
  const big = randomBytes(200_000).toString("hex");

  it("because it is full gets the file back as it was, and takes appends again when there is room", async () => {
    await fill(200_000);
    const ledger = await open(notebook);
    await appended(ledger, ["one"]);
    const [name = ""] = await named("segment-", notebook);
    const { size } = await stat(path.join(notebook, name));
    expect(await ledger.append([big])).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect((await stat(path.join(notebook, name))).size).toBe(size);
    await appended(ledger, ["small enough"]);
    await freeRoom();
    await appended(ledger, [big]);
    expect((await readAll(ledger)).map((entry) => entry.length)).toEqual([3, 12, 400_000]);
    expect((await readAll(await open(notebook))).length).toBe(3);
  });

  it("because it is full is answered to each of the appends that shared the write", async () => {
    const ledger = await open(notebook);
    await appended(ledger, ["one"]);
    const answers = await Promise.all(["a", "b", "c"].map((name) => ledger.append([name.repeat(600_000)])));
    expect(answers.map((answer) => answer.ok || answer.failure.kind)).toEqual(["disk-full", "disk-full", "disk-full"]);
    expect(await readAll(ledger)).toEqual(["one"]);
  });

  it("because it is full from the first moment takes appends when there is room", async () => {
    await mkdir(notebook);
    await fill(600_000).catch(() => undefined);
    const ledger = await open(notebook);
    expect(await ledger.append(["one"])).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect(await readAll(ledger)).toEqual([]);
    await freeRoom();
    await appended(ledger, ["one"]);
    expect(await readAll(await open(notebook))).toEqual(["one"]);
  });

  it("because it is full throws a snapshot away, and leaves all else as it was", async () => {
    const ledger = await open(notebook);
    const end = await appended(ledger, ["one"]);
    await ledger.beginSnapshot(end);
    const added: unknown[] = [];
    for (let part = 0; part < 4; part++) {
      added.push(await ledger.addToSnapshot([randomBytes(400_000).toString("latin1")]));
    }
    const ended = await ledger.endSnapshot();
    expect([...added, ended]).toContainEqual({ ok: false, failure: { kind: "disk-full" } });
    expect(ended).toMatchObject({ ok: false });
    expect(await named("snapshot-", notebook)).toEqual([]);
    await appended(ledger, ["two"]);
    expect(await readAll(ledger)).toEqual(["one", "two"]);
    await ledger.beginSnapshot(end);
    await ledger.addToSnapshot(["small"]);
    expect(await ledger.endSnapshot()).toEqual({ ok: true, value: null });
    expect(await readSnapshot(ledger, end)).toEqual(["small"]);
  });

  it("to put a torn tail aside still lets read, and cuts the tail off once there is room", async () => {
    const ledger = await open(notebook);
    await appended(ledger, ["one"]);
    await closeAll();
    const [name = ""] = await named("segment-", notebook);
    await appendFile(path.join(notebook, name), Buffer.alloc(90_000, "torn"));
    await fill(450_000).catch(() => undefined);
    const reopened = await open(notebook);
    expect(await readAll(reopened)).toEqual(["one"]);
    expect(await reopened.append(["two"])).toEqual({ ok: false, failure: { kind: "disk-full" } });
    await freeRoom();
    await appended(reopened, ["two"]);
    expect(await readAll(reopened)).toEqual(["one", "two"]);
    expect((await named("torn-", notebook)).length).toBe(1);
  });

  it("because it is read-only lets read, and takes appends again when it is writable", async () => {
    await appended(await open(notebook), ["one"]);
    await closeAll();
    await disk.setWritable(false);
    const ledger = await open(notebook);
    expect(await readAll(ledger)).toEqual(["one"]);
    expect(await ledger.append(["two"])).toEqual({ ok: false, failure: { kind: "read-only" } });
    await disk.setWritable(true);
    await appended(ledger, ["two"]);
    expect(await readAll(ledger)).toEqual(["one", "two"]);
  });
});
