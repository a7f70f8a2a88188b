import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileLedger } from "../../src-main/ledger/fileLedger";
import { encodeAppend } from "../../src-main/ledger/frame";
import { appended, readAll, readAroundDamage } from "../support/ledgerReading";
import { mountSmallDisk, type SmallDisk } from "../support/smallDisk";

let folder: string;
const openLedgers: FileLedger[] = [];

function open(at = folder): FileLedger {
  const ledger = new FileLedger(at);
  openLedgers.push(ledger);
  return ledger;
}

/** A ledger over a file of the given bytes, as a crash or a bad disk may have left it. */
async function openOver(bytes: Buffer): Promise<FileLedger> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(path.join(folder, "ledger.log"), bytes);
  return open();
}

async function tornTails(): Promise<Buffer[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("ledger.torn-"));
  return Promise.all(names.map((name) => readFile(path.join(folder, name))));
}

const bytesOf = (...appends: string[][]): Buffer => Buffer.concat(appends.flatMap((entries) => encodeAppend(entries)));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-ledger-"));
});
afterEach(async () => {
  for (const ledger of openLedgers.splice(0)) await ledger.close();
  await rm(folder, { recursive: true });
});

describe("a reopened ledger file", () => {
  it("holds what was appended, and goes on at the same position", async () => {
    const first = open();
    await appended(first, ["one"]);
    const end = await appended(first, ["two", "three"]);
    await first.close();
    const again = open();
    expect(await again.end()).toEqual({ ok: true, value: { position: end } });
    await appended(again, ["four"]);
    expect(await readAll(again)).toEqual(["one", "two", "three", "four"]);
  });

  it("holds every answered append although the program never closed it", async () => {
    const abandoned = open();
    await Promise.all(["one", "two", "three"].map((entry) => appended(abandoned, [entry])));
    expect(await readAll(open())).toEqual(["one", "two", "three"]);
  });

  it("can be read by its owner only", async () => {
    await appended(open(), ["one"]);
    expect((await stat(path.join(folder, "ledger.log"))).mode & 0o077).toBe(0);
  });
});

describe("a torn tail", () => {
  const kept = bytesOf(["one"]);
  const last = bytesOf(["two", "drei 桥", "x".repeat(50)]);

  it("is cut off at whichever byte the last append broke, kept aside, and appending goes on", async () => {
    for (let length = 1; length < last.length; length++) {
      const ledger = await openOver(Buffer.concat([kept, last.subarray(0, length)]));
      expect(await readAll(ledger), `${length} bytes of the last append`).toEqual(["one"]);
      expect(await tornTails(), `${length} bytes of the last append`).toEqual([last.subarray(0, length)]);
      await appended(ledger, ["after"]);
      expect(await readAll(ledger)).toEqual(["one", "after"]);
      await ledger.close();
    }
  });

  it("of zeros, as some file systems leave after a power cut, is cut off", async () => {
    const ledger = await openOver(Buffer.concat([kept, Buffer.alloc(5000)]));
    expect(await readAll(ledger)).toEqual(["one"]);
    expect(await tornTails()).toEqual([Buffer.alloc(5000)]);
  });

  it("in the very first append leaves an empty ledger that works", async () => {
    const ledger = await openOver(last.subarray(0, 10));
    expect(await ledger.end()).toEqual({ ok: true, value: { position: 0 } });
    await appended(ledger, ["after"]);
    expect(await readAll(ledger)).toEqual(["after"]);
  });
});

describe("damage inside the file", () => {
  const first = bytesOf(["one"]);
  const middle = bytesOf(["two"]);
  const last = bytesOf(["three", "four"]);

  it("at any bit is found, named with its place, and everything around it can still be read", async () => {
    for (let bit = 0; bit < middle.length * 8; bit++) {
      const damaged = Buffer.from(middle);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const ledger = await openOver(Buffer.concat([first, damaged, last]));
      expect(await ledger.read(first.length), `bit ${bit}`).toEqual({
        ok: false,
        failure: { kind: "ledger-damaged", at: first.length, resume: first.length + middle.length },
      });
      expect(await readAroundDamage(ledger), `bit ${bit}`).toEqual(["one", "three", "four"]);
      expect(await tornTails(), `bit ${bit}`).toEqual([]);
      await ledger.close();
    }
  });

  it("does not stop appends", async () => {
    const damaged = Buffer.from(middle);
    damaged.fill(0, 5);
    const ledger = await openOver(Buffer.concat([first, damaged, last]));
    await appended(ledger, ["five"]);
    expect(await readAroundDamage(ledger)).toEqual(["one", "three", "four", "five"]);
  });

  it("larger than a reading window is passed over", async () => {
    const ledger = await openOver(Buffer.concat([first, Buffer.alloc(3_000_000, "Q"), last]));
    expect(await readAroundDamage(ledger)).toEqual(["one", "three", "four"]);
  });

  it("done while the program runs is found by the next reader", async () => {
    const ledger = open();
    await appended(ledger, ["one"]);
    await appended(ledger, ["two"]);
    await writeFile(path.join(folder, "ledger.log"), "rubbish", { flag: "r+" });
    expect(await ledger.read(0)).toEqual({
      ok: false,
      failure: { kind: "ledger-damaged", at: 0, resume: first.length },
    });
  });
});

describe("a disk that refuses", () => {
  let disk: SmallDisk;

  beforeEach(async () => {
    disk = await mountSmallDisk(512);
  });
  afterEach(async () => {
    for (const ledger of openLedgers.splice(0)) await ledger.close();
    await disk.dispose();
  });
  const freeRoom = (): Promise<void> => rm(path.join(disk.folder, "other"));

  it("because it is full gets the file back as it was, and takes appends again when there is room", async () => {
    await writeFile(path.join(disk.folder, "other"), Buffer.alloc(200_000));
    const ledger = open(path.join(disk.folder, "notebook"));
    const end = await appended(ledger, ["one"]);
    expect(await ledger.append(["x".repeat(400_000)])).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect((await stat(path.join(disk.folder, "notebook", "ledger.log"))).size).toBe(end);
    await appended(ledger, ["small enough"]);
    await freeRoom();
    await appended(ledger, ["x".repeat(400_000)]);
    expect((await readAll(ledger)).map((entry) => entry.length)).toEqual([3, 12, 400_000]);
    expect((await readAll(open(path.join(disk.folder, "notebook")))).length).toBe(3);
  });

  it("because it is full is answered to each of the appends that shared the write", async () => {
    const ledger = open(path.join(disk.folder, "notebook"));
    await appended(ledger, ["one"]);
    const answers = await Promise.all(["a", "b", "c"].map((name) => ledger.append([name.repeat(600_000)])));
    expect(answers.map((answer) => answer.ok || answer.failure.kind)).toEqual(["disk-full", "disk-full", "disk-full"]);
    expect(await readAll(ledger)).toEqual(["one"]);
  });

  it("to put a torn tail aside still lets read, and cuts the tail off once there is room", async () => {
    const notebook = path.join(disk.folder, "notebook");
    const ledger = open(notebook);
    await appended(ledger, ["one"]);
    await ledger.close();
    await appendFile(path.join(notebook, "ledger.log"), bytesOf(["x".repeat(100_000)]).subarray(0, 90_000));
    await writeFile(path.join(disk.folder, "other"), Buffer.alloc(400_000)).catch(() => undefined);
    const reopened = open(notebook);
    expect(await readAll(reopened)).toEqual(["one"]);
    expect(await reopened.append(["two"])).toEqual({ ok: false, failure: { kind: "disk-full" } });
    await freeRoom();
    await appended(reopened, ["two"]);
    expect(await readAll(reopened)).toEqual(["one", "two"]);
    expect((await readdir(notebook)).filter((name) => name.startsWith("ledger.torn-")).length).toBe(1);
  });

  it("because it is read-only lets read, and takes appends again when it is writable", async () => {
    const notebook = path.join(disk.folder, "notebook");
    await appended(open(notebook), ["one"]);
    for (const ledger of openLedgers.splice(0)) await ledger.close();
    await disk.setWritable(false);
    const ledger = open(notebook);
    expect(await readAll(ledger)).toEqual(["one"]);
    expect(await ledger.append(["two"])).toEqual({ ok: false, failure: { kind: "read-only" } });
    await disk.setWritable(true);
    await appended(ledger, ["two"]);
    expect(await readAll(ledger)).toEqual(["one", "two"]);
  });

  it("because a file stands where its folder should be is answered, not thrown", async () => {
    await writeFile(path.join(folder, "notebook"), "");
    await chmod(path.join(folder, "notebook"), 0o600);
    const ledger = open(path.join(folder, "notebook"));
    expect(await ledger.append(["one"])).toMatchObject({ ok: false, failure: { kind: "ledger-unavailable" } });
    expect(await ledger.read(0)).toMatchObject({ ok: false, failure: { kind: "ledger-unavailable" } });
  });
});
