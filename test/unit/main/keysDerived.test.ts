import { createCipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { argon2id as argon2idOfNoble } from "@noble/hashes/argon2.js";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { argon2Key } from "../../../src-main/keys/argon2Key";
import { hashInThread } from "../../../src-main/keys/hashInThread";
import type { PortableWrap } from "../../../src-main/keys/notebookKeys";
import { hashCost, passphraseBytes, usualCost, type PassphraseHash } from "../../../src-main/keys/passphraseHash";
import { dropOpened, openPortable, portableWrap, portableWraps } from "../../../src-main/keys/portableWrap";
import { recoveryKeyOf, wordsOf } from "../../../src-main/keys/recoveryWords";
import { RootKey } from "../../../src-main/keys/rootKey";
import { sealingByKit, sealingByNothing, sealingByPassphrase, unwrapBy, wrapBy } from "../../../src-main/keys/sealing";
import { cheapHash } from "../../support/cheapHash";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const notebook = "0b5f2ad6-9e7b-4d0a-8a51-6f6e2a3c9d10";
const other = "7c1d8a44-2f3e-4b9c-9d77-1a2b3c4d5e6f";

describe("keys derived from the root key", () => {
  const bytes = (): Buffer => Buffer.from(Array.from({ length: 32 }, (_each, index) => index));

  it("come from the HKDF whose vector RFC 5869 A.1 gives", () => {
    const material = Buffer.alloc(22, 0x0b);
    const salt = Buffer.from("000102030405060708090a0b0c", "hex");
    const info = Buffer.from("f0f1f2f3f4f5f6f7f8f9", "hex");
    expect(hex(new Uint8Array(hkdfSync("sha256", material, salt, info, 42)))).toBe(
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
  });

  it("are the first block of it without salt, for version and purpose", () => {
    const extracted = createHmac("sha256", Buffer.alloc(32)).update(bytes()).digest();
    for (const purpose of ["ledger", "store", "index", "backup"] as const) {
      const expanded = createHmac("sha256", extracted).update(`qiao/v1/${purpose}\u0001`).digest("hex");
      expect(hex(RootKey.of(bytes()).derive(purpose))).toBe(expanded);
    }
  });

  it("are gone with it, and its bytes are wiped", () => {
    const taken = bytes();
    const root = RootKey.of(taken);
    const copy = root.copy();
    root.drop();
    expect(() => root.derive("store")).toThrow("dropped");
    expect(taken.equals(Buffer.alloc(32))).toBe(true);
    expect(copy.derive("store")).toHaveLength(32);
  });
});

describe("a wrapped root key", () => {
  const root = RootKey.random();
  const key = randomBytes(32);
  const wrapped = root.wrap(key, notebook, "passphrase");

  it("comes back by the same key for the same notebook and kind", () => {
    expect(RootKey.unwrap(wrapped, key, notebook, "passphrase")?.equals(root)).toBe(true);
    expect(root.wrap(key, notebook, "passphrase")).not.toBe(wrapped);
  });

  it("does not come back under another key, notebook or kind", () => {
    expect(RootKey.unwrap(wrapped, randomBytes(32), notebook, "passphrase")).toBeNull();
    expect(RootKey.unwrap(wrapped, key, other, "passphrase")).toBeNull();
    expect(RootKey.unwrap(wrapped, key, notebook, "recovery")).toBeNull();
  });

  it("does not come back when any of its bytes was changed, or some are missing or too many", () => {
    const whole = Buffer.from(wrapped, "base64");
    for (const at of whole.keys()) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(whole.readUInt8(at) ^ 1, at);
      expect(RootKey.unwrap(changed.toString("base64"), key, notebook, "passphrase")).toBeNull();
    }
    for (const length of [0, 12, 28, 59]) {
      expect(RootKey.unwrap(whole.subarray(0, length).toString("base64"), key, notebook, "passphrase")).toBeNull();
    }
    const longer = Buffer.concat([whole, Buffer.alloc(1)]).toString("base64");
    expect(RootKey.unwrap(longer, key, notebook, "passphrase")).toBeNull();
  });

  it("of another length than a root key is none, even if it is genuine", () => {
    const nonce = randomBytes(12);
    const aad = Buffer.from(JSON.stringify(["qiao/v1/wrap", notebook, "passphrase"]));
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
    const sealed = Buffer.concat([nonce, cipher.update(randomBytes(16)), cipher.final(), cipher.getAuthTag()]);
    expect(RootKey.unwrap(sealed.toString("base64"), key, notebook, "passphrase")).toBeNull();
  });

  it("cannot be passed off as wrapped in another way", async () => {
    const byNothing = sealingByNothing();
    const byPassphrase = await sealingByPassphrase(cheapHash, "correct horse");
    const { none } = wrapBy(byNothing, root, notebook);
    const { passphrase } = wrapBy(byPassphrase, root, notebook);
    expect(unwrapBy(byNothing, { none }, notebook)?.equals(root)).toBe(true);
    expect(unwrapBy(byNothing, { passphrase }, notebook)).toBeNull();
    expect(unwrapBy({ ...byNothing, kind: "keychain", protectedKey: "" }, { keychain: none }, notebook)).toBeNull();
  });
});

describe("Argon2id", () => {
  it("is the one of RFC 9106, by an implementation that gives the vector of §5.3", () => {
    // The vector has a key and associated data, which hash-wasm does not take; so it is compared by way of another.
    const tag = argon2idOfNoble(Buffer.alloc(32, 1), Buffer.alloc(16, 2), {
      t: 3,
      m: 32,
      p: 4,
      key: Buffer.alloc(8, 3),
      personalization: Buffer.alloc(12, 4),
      dkLen: 32,
    });
    expect(hex(tag)).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  });

  it.each([
    { memory: 8, passes: 1, lanes: 1 },
    { memory: 64, passes: 3, lanes: 1 },
    { memory: 256, passes: 2, lanes: 4 },
  ])("gives what that implementation gives for %j", async (cost) => {
    for (const length of [1, 16, 2_000]) {
      const secret = randomBytes(length);
      const salt = randomBytes(16);
      const { memory: m, passes: t, lanes: p } = cost;
      expect(hex(await argon2Key(secret, salt, cost))).toBe(hex(argon2idOfNoble(secret, salt, { m, t, p, dkLen: 32 })));
    }
  });

  it("gives the vector of the reference implementation at 64 MiB", async () => {
    const key = await argon2Key(Buffer.from("password"), Buffer.from("somesalt"), {
      memory: 65_536,
      passes: 2,
      lanes: 1,
    });
    expect(hex(key)).toBe("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  });

  it("costs at least 64 MiB and three passes", () => {
    expect(usualCost).toEqual({ memory: 65_536, passes: 3, lanes: 1 });
    expect(hashCost.safeParse(usualCost).success).toBe(true);
  });
});

describe("the thread for Argon2id", () => {
  let folder: string;
  let hash: PassphraseHash;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "qiao-thread-"));
    await build({
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true },
      build: {
        ssr: path.resolve("src-main/keys/argon2Worker.ts"),
        outDir: folder,
        rolldownOptions: { output: { entryFileNames: "[name].mjs" } },
      },
    });
    hash = hashInThread(() => new Worker(path.join(folder, "argon2Worker.mjs")));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it("gives the real thing at its real cost, while this one goes on", async () => {
    let beats = 0;
    const timer = setInterval(() => (beats += 1), 5);
    const secret = Buffer.from("correct horse");
    const salt = randomBytes(16);
    const key = await hash.derive(secret, salt, hash.cost);
    clearInterval(timer);
    expect(hex(key)).toBe(hex(await argon2Key(secret, salt, usualCost)));
    expect(beats).toBeGreaterThan(5);
    expect(secret.toString()).toBe("correct horse");
  });

  it("rejects what cannot be computed", async () => {
    await expect(hash.derive(Buffer.from("x"), randomBytes(1), hash.cost)).rejects.toThrow();
    const broken = hashInThread(() => new Worker("process.exit(3)", { eval: true }));
    await expect(broken.derive(Buffer.from("x"), randomBytes(16), hash.cost)).rejects.toThrow("3");
  });
});

describe("the words of a recovery key", () => {
  // BIP39's own vector for this key.
  const key = Buffer.alloc(16, 0x7f);
  const words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
  const chinese = "枪 疫 霉 尝 俩 闹 饿 贤 枪 疫 霉 卿";

  it("are BIP39’s", () => {
    expect(wordsOf(key)).toBe(words);
    for (let round = 0; round < 50; round += 1) {
      const random = randomBytes(16);
      expect(recoveryKeyOf(wordsOf(random))).toEqual({ ok: true, value: random });
    }
  });

  it.each([
    ["as they are", words],
    ["in capitals", words.toUpperCase()],
    ["with spaces of every kind", `  ${words.replaceAll(" ", " \u3000\u00a0\t")}\n`],
    ["line by line", words.replaceAll(" ", "\r\n")],
    ["with commas", words.replaceAll(" ", ", ")],
    ["numbered with dots", numbered((n) => `${n}. `)],
    ["numbered with brackets", numbered((n) => `${n}) `)],
    ["numbered without spaces", numbered((n) => `${n}.`)],
    ["numbered in the Chinese way", numbered((n) => `${n}、`)],
    [
      "in full width",
      words.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    ],
    ["in Chinese", chinese],
    ["in Chinese without spaces", chinese.replaceAll(" ", "")],
    ["in Chinese, numbered", numbered((n) => `${n}. `, chinese)],
  ])("are understood %s", (_how, typed) => {
    expect(recoveryKeyOf(typed)).toEqual({ ok: true, value: key });
  });

  function numbered(number: (n: number) => string, of = words): string {
    return of
      .split(" ")
      .map((word, index) => number(index + 1) + word)
      .join("\n");
  }

  it.each([
    ["that is misspelt", words.replace("sausage", "sausge"), 6],
    ["that is in the other list", words.replace("thank", "枪"), 1],
    ["first of two unknown ones", words.replace("year", "jahr").replace("wave", "welle"), 4],
    ["in another script", words.replace("yellow", "жёлтый"), 12],
  ])("name the one %s", (_which, typed, word) => {
    expect(recoveryKeyOf(typed)).toEqual({ ok: false, failure: { kind: "bad-words", word } });
  });

  it.each([
    ["none", ""],
    ["numbers alone", "1. 2. 3."],
    ["one too few", words.replace(" yellow", "")],
    ["one too many", `${words} yellow`],
    ["in another order", words.replace("winner thank", "thank winner")],
    ["another word of the list", words.replace("sausage", "save")],
  ])("are none where there are %s", (_how, typed) => {
    expect(recoveryKeyOf(typed)).toEqual({ ok: false, failure: { kind: "bad-words" } });
  });
});

describe("the wraps that a backup carries", () => {
  const root = RootKey.random();
  const words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
  let wraps: readonly PortableWrap[];
  beforeAll(async () => {
    const byPassphrase = await sealingByPassphrase(cheapHash, "correct horse");
    const byKit = await sealingByKit(cheapHash, Buffer.alloc(16, 0x7f));
    const { passphrase } = wrapBy(byPassphrase, root, notebook);
    const { recovery } = wrapBy(byKit, root, notebook);
    wraps = [passphrase, recovery].filter((wrap) => wrap !== undefined);
    expect(wraps).toHaveLength(2);
  });

  it.each([
    ["the passphrase", "correct horse", "passphrase"],
    ["the words, as typed", `1) ${words.toUpperCase()}`, "recovery"],
  ])("open by %s", async (_what, typed, kind) => {
    const opened = await openPortable(cheapHash, notebook, wraps, typed);
    expect([opened?.root.equals(root), opened?.sealing.kind]).toEqual([true, kind]);
    if (opened) dropOpened(opened);
    expect(opened?.sealing.key.equals(Buffer.alloc(32))).toBe(true);
  });

  it("do not open by anything else, nor for another notebook", async () => {
    expect(await openPortable(cheapHash, notebook, wraps, "correct house")).toBeNull();
    expect(await openPortable(cheapHash, notebook, wraps, "")).toBeNull();
    expect(await openPortable(cheapHash, other, wraps, "correct horse")).toBeNull();
    const relabelled = wraps.map((wrap): PortableWrap => ({ ...wrap, kind: "passphrase" }));
    expect(await openPortable(cheapHash, notebook, relabelled.slice(1), words)).toBeNull();
  });

  it.each([
    ["memory", { memory: 4 * 1024 * 1024 }],
    ["memory", { memory: 512 * 1024 + 1 }],
    ["passes", { passes: 1_000_000 }],
    ["work in all", { memory: 512 * 1024, passes: 16 }],
    ["lanes", { lanes: 64 }],
    ["memory for its lanes", { memory: 16, lanes: 4 }],
    ["passes", { passes: 0 }],
    ["a salt", { salt: "AAAA" }],
    ["a salt", { salt: "A".repeat(10_000) }],
  ])("are refused where they ask for absurd %s", (_what, absurd) => {
    const [wrap] = wraps;
    expect(portableWrap.safeParse(wrap).success).toBe(true);
    expect(portableWrap.safeParse({ ...wrap, argon2: { ...wrap?.argon2, ...absurd } }).success).toBe(false);
  });

  it("are refused where there are too many, or one is of another size", () => {
    expect(portableWraps.safeParse(Array(5).fill(wraps[0])).success).toBe(false);
    expect(portableWrap.safeParse({ ...wraps[0], wrapped: "AAAA" }).success).toBe(false);
  });
});

describe("a passphrase", () => {
  it("keeps its spaces at both ends", () => {
    expect(passphraseBytes(" a ").toString()).toBe(" a ");
  });
});
