import { execFile } from "node:child_process";
import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { argon2id } from "hash-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appended } from "../../../support/ledgerReading";
import { ledgerNotebook, openSealedLedger } from "../../../support/sealedLedger";

interface Verified {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function verify(...args: string[]): Promise<Verified> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.resolve("scripts/verify-ledger.mjs"), ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

const root = randomBytes(32);
const ledgerKey = Buffer.from(hkdfSync("sha256", root, Buffer.alloc(0), "qiao/v1/ledger", 32));
const recovery = randomBytes(16);
const small = { memory: 64, passes: 1, lanes: 1 };
let folder: string;
let ledger: string;

/** The root key as a keyring holds it. */
function wrap(key: Buffer, kind: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(["qiao/v1/wrap", ledgerNotebook, kind])));
  return Buffer.concat([nonce, cipher.update(root), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

async function portable(kind: string, password: Buffer): Promise<unknown> {
  const salt = randomBytes(16);
  const cost = { memorySize: small.memory, iterations: small.passes, parallelism: small.lanes };
  const key = await argon2id({ password, salt, ...cost, hashLength: 32, outputType: "binary" });
  return { kind, argon2: { ...small, salt: salt.toString("base64") }, wrapped: wrap(Buffer.from(key), kind) };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-verify-"));
  ledger = path.join(folder, "ledger-1");
  const opened = await openSealedLedger(ledger, { key: ledgerKey });
  await appended(opened, ["a marker text", "two"]);
  const end = await appended(opened, ["three"]);
  await opened.beginSnapshot(end);
  await opened.addToSnapshot(["record one", "record two"]);
  await opened.endSnapshot();
  await opened.settled();
  await appended(opened, ["four"]);
  await opened.close();
  const wraps = {
    passphrase: await portable("passphrase", Buffer.from("correct horse")),
    recovery: await portable("recovery", recovery),
  };
  await writeFile(path.join(folder, "keyring.json"), JSON.stringify({ format: 1, notebook: ledgerNotebook, wraps }));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the verifier", () => {
  it("opens a ledger by its key, the root key, the passphrase and the words of a kit", async () => {
    const ways = [
      ["--key-hex", ledgerKey.toString("hex")],
      ["--key-hex", root.toString("hex")],
      ["--passphrase", "correct horse"],
      ["--words", entropyToMnemonic(recovery, wordlist)],
    ];
    for (const way of ways) {
      const { code, stdout } = await verify(ledger, ...way);
      expect(code, way[0]).toBe(0);
      expect(stdout, way[0]).toContain("4 entries, positions 0 to 29");
      expect(stdout, way[0]).toContain("2 records at 24");
      expect(stdout, way[0]).not.toContain("marker");
    }
  });

  it("says that nothing opens under a wrong secret", async () => {
    for (const way of [
      ["--key-hex", randomBytes(32).toString("hex")],
      ["--passphrase", "wrong"],
      ["--words", entropyToMnemonic(randomBytes(16), wordlist)],
    ]) {
      const { code, stderr } = await verify(ledger, ...way);
      expect(code, way[0]).toBe(2);
      expect(stderr, way[0]).toContain("another key");
    }
  });

  it("names what is damaged, missing or cut short", async () => {
    const copy = path.join(folder, "copy");
    const fresh = async (): Promise<string[]> => {
      await rm(copy, { recursive: true, force: true });
      await openSealedLedger(copy, { key: ledgerKey }).then((made) => made.close());
      await Promise.all((await readdir(copy)).map((name) => rm(path.join(copy, name))));
      const names = (await readdir(ledger)).sort();
      for (const name of names) await copyFile(path.join(ledger, name), path.join(copy, name));
      return names;
    };
    const [pack = "", , snapshot = ""] = await fresh();
    const check = (): Promise<Verified> => verify(copy, "--key-hex", ledgerKey.toString("hex"));
    expect(await check()).toMatchObject({ code: 0 });
    await rm(path.join(copy, pack));
    expect(await check()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("positions 0 to 24 are in no file") as string,
    });
    await fresh();
    const bytes = await readFile(path.join(copy, pack));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 130) ^ 4, bytes.length - 130);
    await writeFile(path.join(copy, pack), bytes);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringContaining("no whole frame") as string });
    await fresh();
    const first = await readFile(path.join(copy, snapshot));
    // The last byte of what proves the header's first copy.
    first.writeUInt8(first.readUInt8(139) ^ 1, 139);
    await writeFile(path.join(copy, snapshot), first);
    const { code, stdout } = await check();
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringContaining("first copy of the header") as string,
    });
    expect(stdout).toContain("2 records at 24");
    await fresh();
    await truncate(path.join(copy, snapshot), (await readFile(path.join(copy, snapshot))).length - 10);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringContaining("cut short") as string });
  });
});
