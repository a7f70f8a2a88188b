import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { nodeDisk } from "../../../../src-main/ledger/format/disk";
import { sealFrame, type FrameKind } from "../../../../src-main/ledger/format/frame";
import { encodeHeader, type SealedHeader } from "../../../../src-main/ledger/format/header";
import { encodeEnd, encodePayload, rawEntry } from "../../../../src-main/ledger/format/payload";
import { readItems } from "../../../../src-main/ledger/format/readItems";
import { SealedFile } from "../../../../src-main/ledger/format/sealedFile";

interface FrameVector {
  readonly kind: string;
  readonly last: boolean;
  readonly start: number;
  readonly nonce: string;
  readonly link: string;
  readonly time?: number;
  readonly texts?: readonly string[];
  readonly json?: unknown;
  readonly end?: {
    readonly time: number;
    readonly end: number;
    readonly entries: number;
    readonly snapshotEntries: number;
  };
  readonly content: string;
  readonly deflated?: string;
  readonly bytes: string;
  readonly linkAfter: string;
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const verifier = path.resolve("scripts/verify-ledger.mjs");
interface FileVector {
  readonly name: string;
  readonly key: string;
  readonly header: Omit<SealedHeader, "salt" | "link" | "clear"> & {
    readonly salt: string;
    readonly link: string;
    readonly clear: string;
  };
  readonly headerBytes: string;
  readonly framesAt: number;
  readonly headerHash: string;
  readonly frameKey: string;
  readonly frames: readonly FrameVector[];
}

const { files } = JSON.parse(readFileSync("test/fixtures/ledger/format1.json", "utf8")) as {
  readonly files: readonly FileVector[];
};

function bytesOf(file: FileVector): Buffer {
  const header = hex(file.headerBytes);
  const first = Buffer.alloc(4096);
  header.copy(first);
  return Buffer.concat([first, header, ...file.frames.map(({ bytes }) => hex(bytes))]);
}

async function inFile<Value>(bytes: Buffer, use: (name: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(path.join(tmpdir(), "qiao-vector-"));
  try {
    await writeFile(path.join(folder, "vector"), bytes);
    return await use(path.join(folder, "vector"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.each(files)("the $name of format 1, which every later version must read", (file) => {
  const key = hex(file.key);

  it("is what is written", () => {
    const { header } = file;
    const made = encodeHeader(
      {
        ...header,
        salt: hex(header.salt),
        link: hex(header.link),
        clear: Buffer.from(header.clear),
      },
      key,
    );
    expect(made.bytes.subarray(4096).toString("hex")).toBe(file.headerBytes);
    expect(made.bytes.length).toBe(file.framesAt);
    expect(made.keys.seal.toString("hex")).toBe(file.frameKey);
    expect(made.keys.headerHash.toString("hex")).toBe(file.headerHash);
    for (const frame of file.frames) {
      const link = hex(frame.link);
      const content = frame.texts
        ? encodePayload(frame.time ?? 0, frame.texts.map(rawEntry))
        : frame.end
          ? encodeEnd({ ...frame.end, link })
          : Buffer.from(JSON.stringify(frame.json));
      expect(content.toString("hex")).toBe(frame.content);
      const sealed = sealFrame(made.keys, {
        kind: frame.kind as FrameKind,
        last: frame.last,
        start: frame.start,
        link,
        payload: frame.deflated === undefined ? content : hex(frame.deflated),
        deflated: frame.deflated !== undefined,
        nonce: hex(frame.nonce),
      });
      expect(sealed.bytes.toString("hex")).toBe(frame.bytes);
      expect(sealed.link.toString("hex")).toBe(frame.linkAfter);
    }
  });

  it("is read", () =>
    inFile(bytesOf(file), async (name) => {
      const opened = await SealedFile.open(nodeDisk, name, key, file.header.notebook);
      if (!opened.ok) throw new Error(opened.failure.kind);
      const texts: unknown[] = [];
      let finished = false;
      for await (const item of readItems(opened.value)) {
        if (item.kind === "entries") texts.push(...item.entries.map(({ entry }) => entry));
        else if (item.kind === "snapshot") texts.push(...item.entries);
        else if (item.kind === "facts") texts.push(item.facts);
        else finished = item.kind === "end";
      }
      await opened.value.close();
      expect(finished).toBe(true);
      expect(texts).toEqual(
        file.frames.flatMap(({ texts: each, json }): readonly unknown[] => each ?? (json === undefined ? [] : [json])),
      );
    }));

  it("is whole to the verifier, and not once a byte of it is changed", () =>
    inFile(bytesOf(file), async (name) => {
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, [verifier, name, "--key-hex", file.key, "--json"]);
      const end = file.frames.at(-1)?.end;
      expect(JSON.parse(stdout)).toMatchObject({
        problems: [],
        files: [
          {
            kind: file.name,
            base: file.header.base,
            end: end?.end,
            entries: end?.entries,
            snapshotEntries: end?.snapshotEntries,
            finished: true,
          },
        ],
      });
      const damaged = bytesOf(file);
      damaged.writeUInt8(damaged.readUInt8(file.framesAt + 60) ^ 1, file.framesAt + 60);
      await writeFile(name, damaged);
      await expect(run(process.execPath, [verifier, name, "--key-hex", file.key])).rejects.toMatchObject({ code: 1 });
    }));
});
