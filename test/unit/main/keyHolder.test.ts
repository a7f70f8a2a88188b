import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeyHolder, type KeyHolderOptions } from "../../../src-main/keys/keyHolder";
import { cheapHash } from "../../support/cheapHash";
import { testKeychain } from "../../support/testKeychain";

const done = { ok: true, value: null };
const passphrase = "correct horse";
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-keys-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const silent = { info: () => {}, error: () => {} };
const noKeychain = testKeychain({ isAvailable: false });
const opened = (options: Partial<KeyHolderOptions> = {}): Promise<KeyHolder> =>
  KeyHolder.open({ folder, keychain: testKeychain(), hash: cheapHash, now: () => new Date(), log: silent, ...options });

describe("a new notebook", () => {
  it("is sealed by the keychain without a question, and opens by it again", async () => {
    const first = await opened();
    expect(first.state()).toEqual({ kind: "open", protection: "keychain", kit: null, keychain: true, rotation: null });
    const again = await opened();
    expect(again.keys()?.derive("ledger")).toEqual(first.keys()?.derive("ledger"));
    expect(again.keys()?.notebook).toBe(first.keys()?.notebook);
  });

  it("writes nothing where there is no keychain until that is decided", async () => {
    const holder = await opened({ keychain: noKeychain });
    expect([holder.state(), holder.keys()]).toEqual([{ kind: "undecided" }, null]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("opens by the passphrase alone where one was chosen", async () => {
    const first = await opened({ keychain: noKeychain });
    expect(await first.begin(passphrase)).toEqual(done);
    const key = first.keys()?.derive("store");
    expect(await first.lock()).toEqual(done);
    expect([first.state(), first.keys()]).toEqual([{ kind: "locked", kit: false }, null]);
    expect(await first.unlock(passphrase)).toEqual(done);
    expect(first.keys()?.derive("store")).toEqual(key);
    expect(await readFile(path.join(folder, "notebook", "keyring.json"), "utf8")).not.toContain("keychain");
  });
});
