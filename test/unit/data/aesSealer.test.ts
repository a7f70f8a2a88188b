import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { aesSealer, importStoreKey } from "../../../src-renderer/data/aesSealer";
import { binaryOf, bytesOf } from "../../../src-renderer/domain/binaryString";
import type { Sealer } from "../../../src-renderer/data/sealer";

const row = { id: "contact:1", type: "contact", v: 1 };
let sealer: Sealer;

function newKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

beforeAll(async () => {
  sealer = aesSealer(await importStoreKey(newKey()));
});

describe("a sealed row", () => {
  it("gives back any text exactly, half surrogate pairs and a byte order mark included", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        for (const exact of [text, `${text}\ud800`, `\ufeff${text}`]) {
          expect(await sealer.open(await sealer.seal(exact, row), row)).toBe(exact);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("gives back a long text", async () => {
    const long = "住建部 and the Commission, ".repeat(40_000);
    expect(await sealer.open(await sealer.seal(long, row), row)).toBe(long);
  });

  it("is a string of bytes that shows nothing of the text and never the same twice", async () => {
    const text = "marker ".repeat(50);
    const [one, two] = [await sealer.seal(text, row), await sealer.seal(text, row)];
    expect([...one].every((character) => character.charCodeAt(0) < 256)).toBe(true);
    expect(one).not.toContain("marker");
    expect(one).not.toBe(two);
    expect(one.length).toBe(1 + 12 + text.length + 16);
  });

  it("does not open as the row of another id, type or version", async () => {
    const sealed = await sealer.seal("text", row);
    for (const other of [
      { ...row, id: "contact:2" },
      { ...row, type: "meeting" },
      { ...row, v: 2 },
    ]) {
      await expect(sealer.open(sealed, other)).rejects.toThrow();
    }
  });

  it("does not open with any byte changed, cut short, or by another key", async () => {
    const sealed = await sealer.seal("text", row);
    for (let at = 0; at < sealed.length; at += 1) {
      const bytes = bytesOf(sealed);
      bytes[at] = (bytes[at] ?? 0) ^ 3;
      await expect(sealer.open(binaryOf(bytes), row)).rejects.toThrow();
      await expect(sealer.open(sealed.slice(0, at), row)).rejects.toThrow();
    }
    await expect(aesSealer(await importStoreKey(newKey())).open(sealed, row)).rejects.toThrow();
  });

  it("never uses a nonce twice", async () => {
    const sealed = await Promise.all(Array.from({ length: 2_000 }, () => sealer.seal("", row)));
    expect(new Set(sealed.map((text) => text.slice(1, 13))).size).toBe(2_000);
  });
});

describe("the key of the store", () => {
  it("cannot be read out, and the bytes it came in are wiped", async () => {
    const bytes = newKey();
    const key = await importStoreKey(bytes);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});

describe("a binary string", () => {
  it("holds every byte there is, at any length", () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) % 256);
    expect(bytesOf(binaryOf(bytes))).toEqual(bytes);
    expect(binaryOf(new Uint8Array([0x80, 0x9f, 0xff]))).toBe("\x80\x9f\xff");
  });
});
