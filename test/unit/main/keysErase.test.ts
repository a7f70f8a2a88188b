import type * as Fs from "node:fs";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eraseNotebook, finishErasing } from "../../../src-main/keys/erase";
import { namedPartitions } from "../../../src-main/keys/keyringFile";
import { removeLeftoverPartitions } from "../../../src-main/keys/partitions";
import { failingDisk } from "../../support/failingDisk";
import { keyHolderOf, keyOf, resetKeychain, withoutKeychain } from "../../support/keyHolderOf";

vi.mock("node:fs", async (real) => {
  const { failingSync } = await import("../../support/failingDisk");
  return failingSync(await real<typeof Fs>());
});

let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);
const put = (name: string, text = "something"): void => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};
const nothingOpen = (): Promise<void> => Promise.resolve();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "qiao-erase-"));
});
afterEach(() => {
  failingDisk.heal();
  rmSync(folder, { recursive: true, force: true });
});

/** A profile in use: two notebooks, of which one was put aside, our files, Chromium's, and a person's own. */
async function filled(): Promise<void> {
  await keyHolderOf(folder);
  await (await keyHolderOf(folder, { keychain: resetKeychain })).setAside();
  put("notebook/ledger-1/0.segment");
  put("notebook/keyring.json.new");
  for (const name of ["settings.json", "settings.corrupt-2026-03-02.json", "connection.json", "backup.json.new"])
    put(name);
  put("logs/main.log");
  put("Partitions/store-1/IndexedDB/1.log");
  for (const name of ["Preferences", "Local State", "Cookies", "Cookies-journal", "DIPS-wal", "GPUCache/index"])
    put(name);
  put("SingletonCookie");
  put("my own letters/one.txt");
}

const keyringsIn = (): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => path.basename(name).startsWith("keyring"));

describe("erasing the notebook", () => {
  it("takes everything of ours and Chromium’s away, and nothing of the person’s", async () => {
    await filled();
    let keysWhenReleased: readonly string[] | null = null;
    const erased = await eraseNotebook(folder, async () => {
      keysWhenReleased = keyringsIn();
      expect(existsSync(at("Partitions", "store-1"))).toBe(true);
    });
    expect([erased, keysWhenReleased]).toEqual([{ keys: [], others: [] }, []]);
    // What the program wrote on its way out.
    put("Preferences");
    put("logs/main.log");
    expect(finishErasing(folder)).toEqual({ keys: [], others: [] });
    expect(readdirSync(folder).sort()).toEqual(["SingletonCookie", "my own letters"]);
    expect(finishErasing(folder)).toBeNull();
    expect((await keyHolderOf(folder, { keychain: withoutKeychain })).state()).toEqual({ kind: "undecided" });
  });

  it("goes on where what holds the store open could not be ended", async () => {
    await filled();
    const erased = await eraseNotebook(folder, () => Promise.reject(new Error("busy")));
    expect(erased).toEqual({ keys: [], others: [] });
  });

  it("overwrites the keys before it removes them", async () => {
    await keyHolderOf(folder);
    const file = at("notebook", "keyring.json");
    const before = readFileSync(file);
    // The removal is the step that is refused: marker (open, sync, sync of the folder: open, sync), open, write, sync.
    for (let step = 1; step < 40; step += 1) {
      failingDisk.failFrom(step, "killed");
      await eraseNotebook(folder, nothingOpen).catch(() => null);
      failingDisk.heal();
      if (!existsSync(file)) return;
      const now = readFileSync(file);
      expect(now.length).toBe(before.length);
      if (!now.equals(before)) {
        expect(now.toString("latin1")).not.toContain("wraps");
        return;
      }
    }
    throw new Error("never erased");
  });

  it("killed at any step leaves the notebook whole or no key of it, and goes on at the next start", async () => {
    await filled();
    const whole = mkdtempSync(path.join(tmpdir(), "qiao-erase-whole-"));
    cpSync(folder, whole, { recursive: true });
    const key = keyOf(await keyHolderOf(folder, { keychain: resetKeychain }));
    for (let step = 1; ; step += 1) {
      rmSync(folder, { recursive: true });
      cpSync(whole, folder, { recursive: true });
      failingDisk.failFrom(step, "killed");
      await eraseNotebook(folder, nothingOpen).catch(() => null);
      const wasReached = failingDisk.heal();
      if (existsSync(at("erasing"))) {
        expect(finishErasing(folder)).toEqual({ keys: [], others: [] });
        expect([step, readdirSync(folder).sort()]).toEqual([step, ["SingletonCookie", "my own letters"]]);
      } else {
        // Before the marker was there: a person sees the notebook, and erases it again.
        expect(keyOf(await keyHolderOf(folder, { keychain: resetKeychain }))).toBe(key);
      }
      if (!wasReached) break;
    }
    rmSync(whole, { recursive: true });
  });

  it("killed at any step of the next start goes on at the one after", async () => {
    await filled();
    await eraseNotebook(folder, nothingOpen);
    await filled();
    put("erasing", "");
    const begun = mkdtempSync(path.join(tmpdir(), "qiao-erase-begun-"));
    cpSync(folder, begun, { recursive: true });
    for (let step = 1; ; step += 1) {
      rmSync(folder, { recursive: true });
      cpSync(begun, folder, { recursive: true });
      failingDisk.failFrom(step, "killed");
      try {
        finishErasing(folder);
      } catch {
        // Killed.
      }
      const wasReached = failingDisk.heal();
      finishErasing(folder);
      expect([step, readdirSync(folder).sort()]).toEqual([step, ["SingletonCookie", "my own letters"]]);
      if (!wasReached) break;
    }
    rmSync(begun, { recursive: true });
  });

  it("needs no room on a full disk", async () => {
    await filled();
    failingDisk.failFrom(1, "full");
    expect(await eraseNotebook(folder, nothingOpen)).toEqual({ keys: [], others: [] });
    failingDisk.heal();
    expect(keyringsIn()).toEqual([]);
  });

  it("that cannot take the keys takes nothing, and says so", async () => {
    await keyHolderOf(folder);
    const key = keyOf(await keyHolderOf(folder));
    rmSync(at("notebook", "keyring.json"));
    // A folder in the place of the file can be neither overwritten nor removed as a file.
    mkdirSync(at("notebook", "keyring.json", "x"), { recursive: true });
    put("settings.json");
    const erased = await eraseNotebook(folder, nothingOpen);
    expect(erased).toEqual({ keys: [path.join("notebook", "keyring.json")], others: [] });
    expect(readdirSync(folder).sort()).toEqual(["notebook", "settings.json"]);
    expect(key).toBeDefined();
  });
});

describe("stores that are left over", () => {
  const stores = ["store-1", "store-2", "store-10", "other"];
  const remaining = (): readonly string[] => readdirSync(at("Partitions")).sort();
  beforeEach(() => {
    for (const name of stores) put(`Partitions/${name}/IndexedDB/1.log`);
  });

  it("go, unless the keyring names them", () => {
    removeLeftoverPartitions(folder, ["persist:store-1"]);
    expect(remaining()).toEqual(["other", "store-1"]);
  });

  it("all go where there is no keyring", () => {
    expect(namedPartitions(folder)).toEqual([]);
    removeLeftoverPartitions(folder, namedPartitions(folder));
    expect(remaining()).toEqual(["other"]);
  });

  it("all stay where the keyring cannot be understood", () => {
    put("notebook/keyring.json", "{oops");
    expect(namedPartitions(folder)).toBeNull();
    removeLeftoverPartitions(folder, namedPartitions(folder));
    expect(remaining()).toEqual([...stores].sort());
  });

  it("do not include those of a root key that is being changed", async () => {
    rmSync(at("Partitions"), { recursive: true });
    const holder = await keyHolderOf(folder);
    await holder.beginRotation(null);
    expect(namedPartitions(folder)).toEqual(["persist:store-1", "persist:store-2"]);
    await holder.finishRotation();
    expect(namedPartitions(folder)).toEqual(["persist:store-2"]);
  });

  it("are none where Chromium has made none", () => {
    rmSync(at("Partitions"), { recursive: true });
    removeLeftoverPartitions(folder, []);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("get their folder back where something else lies in its place", () => {
    rmSync(at("Partitions"), { recursive: true });
    writeFileSync(at("Partitions"), "in the way");
    removeLeftoverPartitions(folder, null);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^Partitions\.aside-/)]);
  });
});
