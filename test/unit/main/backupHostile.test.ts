import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, open, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkLength, readHead, sealFrame, type FrameKind } from "../../../src-main/ledger/format/frame";
import { encodeHeader, formatVersion, type SealedHeader } from "../../../src-main/ledger/format/header";
import { encodeEnd, encodePayload, rawEntry } from "../../../src-main/ledger/format/payload";
import { SealedFile } from "../../../src-main/ledger/format/sealedFile";
import type { BackupFacts, BackupFailure } from "../../../src-main/shared/backup";
import type { Result } from "../../../src-main/shared/result";
import {
  backUp,
  choose,
  historyOf,
  protect,
  snapshotOf,
  startComputer,
  valueOf,
  write,
  type BackupComputer,
} from "../../support/backupComputer";
import { seededRandom } from "../../support/seededRandom";

const seed = Number(process.env["SEED"] ?? 20260302);
let folder: string;
let computer: BackupComputer;
let genuine: string;
let facts: BackupFacts;
let bytes: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-hostile-"));
  computer = await startComputer(path.join(folder, "profile"));
  await protect(computer);
  await snapshotOf(computer, await write(computer, "one", "two"), ["row"]);
  await write(computer, "three");
  genuine = path.join(folder, "genuine.qiao");
  facts = await backUp(computer, genuine);
  bytes = await readFile(genuine);
});
afterAll(async () => {
  await computer.end();
  await rm(folder, { recursive: true });
});

type Opened = Result<BackupFacts | null, BackupFailure>;

async function openedAs(content: Buffer): Promise<Opened> {
  const file = path.join(folder, "hostile.qiao");
  await writeFile(file, content);
  return choose(computer, file);
}

function kindOf(opened: Opened): string {
  return opened.ok ? "opened" : opened.failure.kind;
}

/** Everything that a file could have changed. */
async function everything(): Promise<unknown> {
  const { ledgerFolder = "" } = computer.holder.keys() ?? {};
  const keyring = await readFile(path.join(path.dirname(ledgerFolder), "keyring.json"), "utf8");
  return [await historyOf(computer), keyring, (await readdir(ledgerFolder)).sort()];
}

describe("a backup that was cut short", () => {
  it("is refused at whatever length, and nothing is changed", async () => {
    const before = await everything();
    const file = path.join(folder, "cut.qiao");
    await writeFile(file, bytes);
    computer.answers.file = file;
    for (let length = bytes.length - 1; length >= 0; length--) {
      await truncate(file, length);
      const kind = kindOf(await computer.backups.verify());
      expect(["damaged", "no-backup"], `${length} of ${bytes.length} bytes: ${kind}`).toContain(kind);
    }
    expect(computer.backups.opened()).toBeNull();
    expect(await everything()).toEqual(before);
  }, 120_000);
});

describe(`a backup in which something was changed (seed ${seed})`, () => {
  it("a bit of, is refused, or holds the same where a second copy makes up for it", async () => {
    const random = seededRandom(seed);
    let refused = 0;
    for (let count = 0; count < 600; count++) {
      const bit = Math.floor(random() * bytes.length * 8);
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const opened = await openedAs(changed);
      if (!opened.ok) {
        // A changed seal of the header looks like that of another key, until the right secret does not fit either.
        expect(["damaged", "needs-secret"], `bit ${bit}`).toContain(opened.failure.kind);
        refused++;
      } else expect({ ...opened.value, path: genuine }, `bit ${bit}`).toEqual(facts);
    }
    expect(refused).toBeGreaterThan(0);
  }, 60_000);

  it("any byte of its frames, is refused", async () => {
    const { framesAt } = await sealed();
    for (let at = framesAt; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
      expect(kindOf(await openedAs(changed)), `byte ${at}`).toBe("damaged");
    }
  }, 60_000);

  it("as the order of its frames, or one of them missing or doubled, or more behind its end, is refused", async () => {
    const parts = await frames();
    const { framesAt } = await sealed();
    const join = (order: readonly number[]): Buffer =>
      Buffer.concat([bytes.subarray(0, framesAt), ...order.map((index) => parts[index] ?? Buffer.alloc(0))]);
    const all = parts.map((_, index) => index);
    expect(join(all)).toEqual(bytes);
    for (const index of all) {
      expect(kindOf(await openedAs(join(all.filter((other) => other !== index)))), `without ${index}`).toBe("damaged");
      expect(kindOf(await openedAs(join([...all.slice(0, index), index, ...all.slice(index)])))).toBe("damaged");
      expect(kindOf(await openedAs(join([...all.slice(index), ...all.slice(0, index)])))).toBe(
        index === 0 ? "opened" : "damaged",
      );
    }
    expect(kindOf(await openedAs(Buffer.concat([bytes, Buffer.alloc(1)])))).toBe("damaged");
    expect(kindOf(await openedAs(Buffer.concat([bytes, bytes])))).toBe("damaged");
  });

  it("to frames of another backup of this notebook, is refused", async () => {
    const other = path.join(folder, "other.qiao");
    await backUp(computer, other);
    const { framesAt } = await sealed();
    const mixed = Buffer.concat([bytes.subarray(0, framesAt), (await readFile(other)).subarray(framesAt)]);
    expect(kindOf(await openedAs(mixed))).toBe("damaged");
  });
});

describe("what is no backup", () => {
  it.each([
    ["empty", Buffer.alloc(0)],
    ["of text", Buffer.from("Dear colleague")],
    ["of zeros", Buffer.alloc(100_000)],
    ["of noise", randomBytes(100_000)],
  ])("a file %s is refused", async (_, content) => {
    expect(kindOf(await openedAs(content))).toBe("no-backup");
  });

  it("a segment of the ledger itself is refused", async () => {
    const { ledgerFolder = "" } = computer.holder.keys() ?? {};
    const [segment] = await readdir(ledgerFolder);
    expect(kindOf(await choose(computer, path.join(ledgerFolder, segment ?? "")))).toBe("no-backup");
  });

  it("a folder, a pipe, a device, a link to one, and a link that leads nowhere are refused without waiting", async () => {
    const pipe = path.join(folder, "pipe.qiao");
    await promisify(execFile)("mkfifo", [pipe]);
    const loop = path.join(folder, "loop.qiao");
    await symlink(loop, loop);
    const zero = path.join(folder, "zero.qiao");
    await symlink("/dev/zero", zero);
    for (const file of [folder, pipe, "/dev/zero", zero]) {
      expect(await choose(computer, file)).toEqual({ ok: false, failure: { kind: "no-backup", path: file } });
    }
    for (const file of [loop, path.join(folder, "gone.qiao"), `${genuine}/../gone/../genuine.qiao`]) {
      expect(kindOf(await choose(computer, file))).toBe("not-readable");
    }
  });

  it("a link to a backup is followed, as the person chose it", async () => {
    const link = path.join(folder, "link.qiao");
    await symlink(genuine, link);
    expect(await choose(computer, link)).toEqual({ ok: true, value: { ...facts, path: link } });
  });

  it("of a newer format is said to be so", async () => {
    const newer = Buffer.from(bytes);
    const second = bytes.indexOf(bytes.subarray(0, 8), 8);
    for (const copy of [0, second]) newer.writeUInt16LE(formatVersion + 1, copy + 8);
    expect(kindOf(await openedAs(newer))).toBe("newer-format");
  });
});

describe("a backup by someone who knows the key", () => {
  interface Forged {
    readonly kind: FrameKind;
    readonly start?: number;
    readonly payload: Buffer;
    readonly deflated?: boolean;
  }
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const madeAt = "2026-03-02T08:00:00.000Z";
  const factsFrame = (more: object = {}): Forged => ({
    kind: "facts",
    payload: json({ app: "1", madeAt, end: 4, snapshot: null, ...more }),
  });
  const entries = (start: number, ...texts: readonly string[]): Forged => ({
    kind: "entries",
    start,
    payload: encodePayload(0, texts.map(rawEntry)),
  });
  const end = (counts: object = {}): Forged => ({
    kind: "end",
    payload: encodeEnd({ time: 0, end: 4, entries: 1, snapshotEntries: 0, link: Buffer.alloc(linkLength), ...counts }),
  });

  /** Sealed as it should be, whatever it says. */
  function forged(frames: readonly Forged[], header: Partial<SealedHeader> = {}): Buffer {
    const keys = computer.holder.keys();
    if (!keys) throw new Error("locked");
    const clear = json({ wraps: keys.portable(), maker: randomUUID(), number: 1, by: "hand" });
    const clock = { written: 0, newest: 0, lived: 0 };
    const { notebook } = keys;
    const begun = encodeHeader(
      {
        kind: "backup",
        notebook,
        ledger: randomUUID(),
        salt: randomBytes(16),
        base: 0,
        begin: 0,
        link: Buffer.alloc(linkLength),
        clock,
        clear,
        ...header,
      },
      keys.derive("backup"),
    );
    const sealedFrames: Buffer[] = [];
    let link: Buffer = Buffer.alloc(linkLength);
    for (const { start = 0, ...frame } of frames) {
      const next = sealFrame(begun.keys, { last: true, start, link, ...frame });
      sealedFrames.push(next.bytes);
      link = next.link;
    }
    return Buffer.concat([begun.bytes, ...sealedFrames]);
  }

  it("opens where all fits", async () => {
    expect(kindOf(await openedAs(forged([factsFrame(), entries(0, "one"), end()])))).toBe("opened");
  });

  const huge = Number.MAX_SAFE_INTEGER;
  it.each<[string, () => readonly Forged[], Partial<SealedHeader>?]>([
    ["no facts", () => [entries(0, "one"), end()]],
    ["facts twice", () => [factsFrame(), factsFrame(), entries(0, "one"), end()]],
    ["facts that are none", () => [{ kind: "facts", payload: json([]) }, entries(0, "one"), end()]],
    ["a huge name of the app", () => [factsFrame({ app: "x".repeat(1000) }), entries(0, "one"), end()]],
    ["no end", () => [factsFrame(), entries(0, "one")]],
    ["huge counts", () => [factsFrame(), entries(0, "one"), end({ entries: huge })]],
    ["too many of the snapshot", () => [factsFrame(), entries(0, "one"), end({ snapshotEntries: huge })]],
    ["an end elsewhere", () => [factsFrame({ end: huge }), entries(0, "one"), end()]],
    ["history behind its end", () => [factsFrame(), entries(1, "one"), end()]],
    ["history beyond what can be counted", () => [factsFrame({ end: huge }), entries(huge - 1, "one"), end()]],
    ["history that goes back", () => [factsFrame(), entries(2, "a"), entries(0, "b"), end({ entries: 2 })]],
    ["dropped history without a snapshot", () => [factsFrame(), entries(0, "one"), end()], { base: 0, begin: 4 }],
    ["history from the middle without a snapshot", () => [factsFrame(), end({ entries: 0 })], { base: 2, begin: 2 }],
    ["a snapshot of the future", () => [factsFrame({ snapshot: 5 }), entries(0, "one"), end()]],
    [
      "a snapshot that was not told of",
      () => [factsFrame(), { ...entries(0, "row"), kind: "snapshot" }, entries(0, "one"), end({ snapshotEntries: 1 })],
    ],
    [
      "texts that are longer than their frame",
      () => [factsFrame(), { ...entries(0), payload: lying(0x7fffffff) }, end()],
    ],
    ["a text with an unknown encoding", () => [factsFrame(), { ...entries(0), payload: lying(1, 9) }, end()]],
  ])("with %s is refused", async (_, frames, header = {}) => {
    expect(kindOf(await openedAs(forged(frames(), header)))).toBe("damaged");
  });

  function lying(length: number, encoding = 0): Buffer {
    const payload = encodePayload(0, [rawEntry("one")]);
    payload.writeUInt8(encoding, 8);
    payload.writeUInt32LE(length, 9);
    return payload;
  }

  it.each<[string, unknown]>([
    ["no way to open it", { wraps: [] }],
    ["a thousand ways", { wraps: Array.from({ length: 1000 }, () => ({})) }],
    ["a maker that is a path", { maker: "../../x" }],
    ["a number that cannot be counted", { number: 1e300 }],
    ["nothing but brackets", "[".repeat(60_000)],
  ])("with %s is refused", async (_, change) => {
    const keys = computer.holder.keys();
    const usual = { wraps: keys?.portable(), maker: randomUUID(), number: 1, by: "hand" };
    const clear = typeof change === "string" ? Buffer.from(change) : json({ ...usual, ...(change as object) });
    expect(kindOf(await openedAs(forged([factsFrame(), entries(0, "one"), end()], { clear })))).toBe("damaged");
  });

  it("that would have a gigabyte hashed for its passphrase is refused before anything is hashed", async () => {
    const [wrap] = computer.holder.keys()?.portable() ?? [];
    const argon2 = { ...wrap?.argon2, memory: 4 * 1024 * 1024, passes: 1_000_000 };
    const clear = json({ wraps: [{ ...wrap, argon2 }], maker: randomUUID(), number: 1, by: "hand" });
    expect(kindOf(await openedAs(forged([], { clear, notebook: randomUUID() })))).toBe("damaged");
  });

  it("of which a few bytes inflate to gigabytes is refused within bounds", async () => {
    const before = process.memoryUsage().rss;
    const bomb = (length: number): Forged => ({
      kind: "entries",
      payload: deflateRawSync(Buffer.alloc(length), { level: 9 }),
      deflated: true,
    });
    // Just within the limit, and twelve million empty texts; then beyond it.
    expect(kindOf(await openedAs(forged([factsFrame(), bomb(64 * 1024 * 1024), end()])))).toBe("damaged");
    expect(kindOf(await openedAs(forged([factsFrame(), bomb(512 * 1024 * 1024), end()])))).toBe("damaged");
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 * 1024);
  });

  it("whose lengths lie costs no memory and no search", async () => {
    const { framesAt } = await sealed();
    const head = Buffer.from(bytes.subarray(framesAt, framesAt + 46));
    head.writeUInt32LE(64 * 1024 * 1024, 4);
    const many = Buffer.concat([bytes.subarray(0, framesAt), ...Array.from({ length: 200_000 }, () => head)]);
    const begun = performance.now();
    expect(kindOf(await openedAs(many))).toBe("damaged");
    head.writeUInt32LE(0xffffffff, 4);
    expect(kindOf(await openedAs(Buffer.concat([bytes.subarray(0, framesAt), head])))).toBe("damaged");
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

async function sealed(): Promise<SealedFile> {
  const handle = await open(genuine, "r");
  try {
    const key = computer.holder.keys()?.derive("backup") ?? Buffer.alloc(32);
    return valueOf(await SealedFile.over(handle, key));
  } finally {
    await handle.close();
  }
}

async function frames(): Promise<readonly Buffer[]> {
  const found: Buffer[] = [];
  for (let at = (await sealed()).framesAt; at < bytes.length;) {
    const length = readHead(bytes.subarray(at))?.length ?? bytes.length;
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}
