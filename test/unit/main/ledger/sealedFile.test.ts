import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk, writeAt } from "../../../../src-main/ledger/format/disk";
import { headLength, readHead, sealFrame } from "../../../../src-main/ledger/format/frame";
import { readHeader, unlockHeader } from "../../../../src-main/ledger/format/header";
import { readItems, type SealedItem } from "../../../../src-main/ledger/format/readItems";
import { SealedFile } from "../../../../src-main/ledger/format/sealedFile";
import { beginFile, SealedWriter, type NewSealedFile } from "../../../../src-main/ledger/format/writer";

const key = randomBytes(32);
const notebook = randomUUID();
const ledger = randomUUID();
let folder: string;
let name: string;

const backup: NewSealedFile = {
  kind: "backup",
  key,
  notebook,
  ledger,
  base: 1_000,
  begin: 1_000,
  clear: Buffer.from('{"wraps":[]}'),
  clock: { written: 1, newest: 2, lived: 3 },
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-sealed-"));
  name = path.join(folder, "a.backup");
});
afterEach(() => rm(folder, { recursive: true }));

function create(file = backup): Promise<SealedWriter> {
  return SealedWriter.create(nodeDisk, name, file, () => 1_700_000_000_000);
}

async function opened(): Promise<SealedFile> {
  const file = await SealedFile.open(nodeDisk, name, key, notebook);
  if (!file.ok) throw new Error(file.failure.kind);
  return file.value;
}

async function items(): Promise<SealedItem[]> {
  const file = await opened();
  try {
    const all: SealedItem[] = [];
    for await (const item of readItems(file)) all.push(item);
    return all;
  } finally {
    await file.close();
  }
}

/** Facts, a snapshot and history, of which frame by frame. */
async function writeBackup(): Promise<void> {
  const writer = await create();
  await writer.addFacts({ madeAt: "2026-01-02", records: 2 });
  await writer.addSnapshotEntries(["snapshot 一", ""]);
  await writer.addEntries(["one", "half \ud800"]);
  await writer.skipTo(5_000);
  await writer.addEntries(["x".repeat(3_000_000), "y".repeat(10)]);
  await writer.finish();
}

describe("a sealed file", () => {
  it("gives back facts, snapshot and history in order, each entry with its position", async () => {
    await writeBackup();
    const [facts, snapshot, first, gap, big, last, end, ...rest] = await items();
    expect(rest).toEqual([]);
    expect(facts).toEqual({ kind: "facts", facts: { madeAt: "2026-01-02", records: 2 } });
    expect(snapshot).toEqual({ kind: "snapshot", entries: ["snapshot 一", ""] });
    expect(first).toEqual({
      kind: "entries",
      entries: [
        { entry: "one", position: 1_004 },
        { entry: "half \ud800", position: 1_017 },
      ],
    });
    expect(gap).toEqual({ kind: "gap", from: 1_017, to: 5_000 });
    expect(big?.kind === "entries" && big.entries.map(({ position }) => position)).toEqual([3_005_001]);
    expect(last?.kind === "entries" && last.entries.map(({ position }) => position)).toEqual([3_005_012]);
    expect(end).toMatchObject({ kind: "end", end: { end: 3_005_012, entries: 4, snapshotEntries: 2 } });
    expect((await stat(name)).size).toBeLessThan(20_000);
  });

  it("lets its clear part be read without a key", async () => {
    await writeBackup();
    const read = readHeader(await readFile(name));
    expect(read.ok && read.value.header.clear.toString()).toBe('{"wraps":[]}');
    expect(read.ok && read.value.header).toMatchObject({ kind: "backup", notebook, ledger, base: 1_000, begin: 1_000 });
  });

  it("has its name only once it is finished, and leaves nothing when it is abandoned", async () => {
    const writer = await create();
    await writer.addEntries(["one"]);
    expect(await readdir(folder)).toEqual(["a.backup.new"]);
    await writer.abandon();
    expect(await readdir(folder)).toEqual([]);
  });

  it("shows nothing of its texts", async () => {
    await writeBackup();
    const bytes = await readFile(name);
    for (const text of ["one", "snapshot", "xxxx", "madeAt"]) expect(bytes.includes(text), text).toBe(false);
  });
});

describe("opening tells apart", () => {
  const problem = async (secret = key, of = notebook): Promise<string> => {
    const file = await SealedFile.open(nodeDisk, name, secret, of);
    if (!file.ok) return file.failure.kind;
    await file.value.close();
    return "none";
  };

  it("a wrong key, another notebook, a newer format, damage, and what is not ours at all", async () => {
    await writeBackup();
    const bytes = await readFile(name);
    expect(await problem()).toBe("none");
    expect(await problem(randomBytes(32))).toBe("wrong-key");
    expect(await problem(key, randomUUID())).toBe("other-notebook");
    const newer = Buffer.from(bytes);
    newer.writeUInt16LE(2, 8);
    newer.fill(0, 4096, 4200);
    await writeFile(name, newer);
    expect(await problem()).toBe("newer-format");
    const damaged = Buffer.from(bytes);
    damaged.fill(1, 50, 60);
    damaged.fill(1, 4150, 4160);
    await writeFile(name, damaged);
    expect(await problem()).toBe("damaged");
    for (const other of [Buffer.alloc(0), Buffer.from("PK\u0003\u0004 a zip"), Buffer.alloc(200_000, "Q")]) {
      await writeFile(name, other);
      expect(await problem()).toBe("not-ours");
    }
  });

  it("no damage to one copy of the header", async () => {
    await writeBackup();
    const bytes = await readFile(name);
    for (const at of [0, 8, 10, 44, 68, 117, 122, 4096, 4104, 4200]) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x41, at);
      await writeFile(name, damaged);
      expect(await problem(), `byte ${at}`).toBe("none");
    }
  });

  it("a flip in what proves a header is no other key while the other copy is whole", async () => {
    await writeBackup();
    const bytes = await readFile(name);
    const read = readHeader(bytes);
    if (!read.ok) throw new Error(read.failure.kind);
    const { length } = read.value.bytes;
    const flip = async (...places: number[]): Promise<void> => {
      const damaged = Buffer.from(bytes);
      for (const at of places) damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      await writeFile(name, damaged);
    };
    for (let at = length - 16; at < length; at += 1) {
      await flip(at);
      expect(await problem(), `byte ${at}`).toBe("none");
      expect((await items()).at(-1)?.kind, `byte ${at}`).toBe("end");
      await flip(4096 + at);
      expect(await problem(), `byte ${at} of the copy`).toBe("none");
    }
    await flip(length - 1, 4096 + length - 1);
    expect(await problem()).toBe("wrong-key");
  });

  it("a header changed by someone without the key", async () => {
    await writeBackup();
    const read = readHeader(await readFile(name));
    if (!read.ok) throw new Error(read.failure.kind);
    const forged = { ...read.value, bytes: Buffer.from(read.value.bytes) };
    forged.bytes.writeUInt8(1, 68);
    expect(unlockHeader(forged, key)).toBeNull();
  });
});

describe("reading on", () => {
  it("finds a flip of any byte of a frame, and everything else", async () => {
    const writer = await create();
    for (const text of ["one", "two", "three"]) {
      await writer.addEntries([text]);
      await writer.chainEnd();
    }
    await writer.finish();
    const bytes = await readFile(name);
    const file = await opened();
    const second = (await file.frameAt(file.framesAt))?.next ?? 0;
    const third = (await file.frameAt(second))?.next ?? 0;
    await file.close();
    for (let at = second; at < third; at++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x10, at);
      await writeFile(name, damaged);
      const all = await items();
      expect(all.flatMap((item) => (item.kind === "entries" ? item.entries.map(({ entry }) => entry) : []))).toEqual([
        "one",
        "three",
      ]);
      expect(all.filter(({ kind }) => kind === "damage").length, `byte ${at}`).toBeGreaterThan(0);
    }
  });

  it("counts a frame once however often it stands there, and notices one that is missing or moved", async () => {
    const writer = await create();
    for (const text of ["one", "two", "three"]) {
      await writer.addEntries([text]);
      await writer.chainEnd();
    }
    await writer.finish();
    const bytes = await readFile(name);
    const file = await opened();
    const cuts = [0, file.framesAt];
    for (let frame = 0; frame < 3; frame++) cuts.push((await file.frameAt(cuts.at(-1) ?? 0))?.next ?? 0);
    cuts.push(bytes.length);
    await file.close();
    const [header, one, two, three, end] = cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
    if (!header || !one || !two || !three || !end) throw new Error("too few frames");
    const texts = async (...frames: Buffer[]): Promise<{ texts: string[]; kinds: Set<string> }> => {
      await writeFile(name, Buffer.concat([header, ...frames]));
      const all = await items();
      return {
        texts: all.flatMap((item) => (item.kind === "entries" ? item.entries.map(({ entry }) => entry) : [])),
        kinds: new Set(all.map(({ kind }) => kind)),
      };
    };
    expect(await texts(one, two, three, end)).toEqual({
      texts: ["one", "two", "three"],
      kinds: new Set(["entries", "end"]),
    });
    expect(await texts(one, two, two, three, end)).toMatchObject({ texts: ["one", "two", "three"] });
    expect((await texts(one, two, two, three, end)).kinds.has("damage")).toBe(true);
    expect(await texts(one, three, end)).toEqual({
      texts: ["one", "three"],
      kinds: new Set(["entries", "damage"]),
    });
    expect((await texts(two, one, three, end)).kinds.has("damage")).toBe(true);
    expect((await texts(one, two, end)).kinds.has("end")).toBe(false);
    expect((await texts(one, two, three)).kinds.has("end")).toBe(false);
  });

  it("reads no more into memory than a frame may hold, whatever a file says", async () => {
    const { file, keys, size } = await beginFile(nodeDisk, name, backup);
    const bomb = deflateRawSync(Buffer.alloc(200_000_000));
    const link = Buffer.alloc(16);
    const frame = sealFrame(keys, { kind: "entries", last: true, start: 1_000, link, payload: bomb, deflated: true });
    await writeAt(file, frame.bytes, size);
    await file.close();
    expect((await items()).map(({ kind }) => kind)).toEqual(["damage"]);
    const absurd = Buffer.from(frame.bytes.subarray(0, headLength));
    absurd.writeUInt32LE(0xffff_fff0, 4);
    expect(readHead(absurd)).toBeNull();
  });
});
