import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConnectionFile } from "../../../src-main/keys/connectionFile";
import { openLog } from "../../../src-main/log/log";
import { SettingsFile } from "../../../src-main/settings/settingsFile";
import { testKeychain } from "../../support/testKeychain";

const now = new Date("2026-03-02T06:50:00.123Z");
let folder: string;
const file = (name: string): string => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-files-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("settings", () => {
  it("are empty at first", async () => {
    const { settings, notices } = await SettingsFile.open(folder, now);
    expect([settings.read(), notices]).toEqual([{}, []]);
  });

  it("keep what was changed, field by field, for the next start", async () => {
    const { settings } = await SettingsFile.open(folder, now);
    await settings.change({ language: "zh-CN" });
    await settings.change({ places: { section: "meetings" } });
    const next = await SettingsFile.open(folder, now);
    expect(next.settings.read()).toEqual({ language: "zh-CN", places: { section: "meetings" } });
  });

  it("lose nothing when changes are made without waiting", async () => {
    const { settings } = await SettingsFile.open(folder, now);
    await Promise.all([
      settings.change({ language: "en" }),
      settings.change({ window: { width: 900 } }),
      settings.change({ places: { a: 1 } }),
    ]);
    const written: unknown = JSON.parse(await readFile(file("settings.json"), "utf8"));
    expect(written).toEqual({ language: "en", window: { width: 900 }, places: { a: 1 } });
    expect(await readdir(folder)).toEqual(["settings.json"]);
  });

  it("keep fields of a newer version", async () => {
    await writeFile(file("settings.json"), '{"theme":"dark","language":"en"}');
    const { settings } = await SettingsFile.open(folder, now);
    await settings.change({ language: "zh-CN" });
    expect(JSON.parse(await readFile(file("settings.json"), "utf8"))).toEqual({ theme: "dark", language: "zh-CN" });
  });

  it.each(["", "{oops", "[]", "null", '{"language":"fr"}', "\u0000\u0000"])(
    "that read %j are put aside, and that is said",
    async (text) => {
      await writeFile(file("settings.json"), text);
      const { settings, notices } = await SettingsFile.open(folder, now);
      const keptAs = "settings.corrupt-2026-03-02T06-50-00-123Z.json";
      expect([settings.read(), notices]).toEqual([{}, [{ kind: "settings-corrupt", keptAs }]]);
      expect(await readFile(file(keptAs), "utf8")).toBe(text);
      expect(await settings.change({ language: "en" })).toEqual({ ok: true, value: { language: "en" } });
    },
  );

  it("that cannot be written stay as they were, and the reason is told", async () => {
    const { settings } = await SettingsFile.open(folder, now);
    await mkdir(file("settings.json.new"));
    expect(await settings.change({ language: "en" })).toEqual({
      ok: false,
      failure: { kind: "settings-not-saved", detail: "EISDIR" },
    });
    expect(settings.read()).toEqual({});
  });
});

describe("the connection", () => {
  const info = { address: "https://example.org", database: "notebook", user: "wei" };
  const opened = async (keychain = testKeychain()): Promise<ConnectionFile> =>
    (await ConnectionFile.open(folder, keychain, now)).connections;
  async function kept(connections: ConnectionFile): Promise<{ password: string | null }> {
    const connection = connections.read();
    return { ...connection, password: (await connection?.password()) ?? null };
  }
  const onDisk = (): Promise<string> => readFile(file("connection.json"), "utf8");

  it("keeps its password in the keychain, not in the file", async () => {
    await (await opened()).keep(info, "secret 桥", "keychain");
    expect(await onDisk()).not.toContain("secret");
    expect(await kept(await opened())).toEqual({ info, passwordStorage: "keychain", password: "secret 桥" });
  });

  it("keeps its password as it is where that was asked for, readable by its owner only", async () => {
    await (await opened()).keep(info, "secret", "plain");
    expect(await kept(await opened())).toEqual({ info, passwordStorage: "plain", password: "secret" });
    expect((await stat(file("connection.json"))).mode & 0o077).toBe(0);
  });

  it("keeps its password until quitting where that was asked for", async () => {
    const connections = await opened();
    await connections.keep(info, "secret", "memory");
    expect((await kept(connections)).password).toBe("secret");
    expect(await onDisk()).not.toContain("secret");
    expect(await kept(await opened())).toEqual({ info, passwordStorage: "memory", password: null });
  });

  it("cannot be kept in a keychain that is not there", async () => {
    const connections = await opened(testKeychain({ isAvailable: false }));
    expect(await connections.canKeep("keychain")).toEqual({ ok: false, failure: { kind: "no-keychain" } });
    expect(await connections.canKeep("plain")).toMatchObject({ ok: true });
    expect(await connections.canKeep("memory")).toMatchObject({ ok: true });
  });

  it("is there without its password when the keychain does not open it", async () => {
    await (await opened()).keep(info, "secret", "keychain");
    expect(await kept(await opened(testKeychain({ key: "another" })))).toEqual({
      info,
      passwordStorage: "keychain",
      password: null,
    });
  });

  it("is gone, file and all, once forgotten", async () => {
    const connections = await opened();
    await connections.keep(info, "secret", "plain");
    await connections.forget();
    expect([connections.read(), await readdir(folder)]).toEqual([null, []]);
  });

  it("that cannot be removed stays, and the reason is told", async () => {
    const connections = await opened();
    await connections.keep(info, "secret", "memory");
    await rm(file("connection.json"));
    await mkdir(file("connection.json"));
    expect(await connections.forget()).toMatchObject({ ok: false, failure: { kind: "settings-not-saved" } });
    expect(connections.read()).toMatchObject({ info });
  });

  it.each(["", "{oops", "{}", '{"address":1}'])("that reads %j is put aside, and that is said", async (text) => {
    await writeFile(file("connection.json"), text);
    const { connections, notices } = await ConnectionFile.open(folder, testKeychain(), now);
    const keptAs = "connection.corrupt-2026-03-02T06-50-00-123Z.json";
    expect([connections.read(), notices]).toEqual([null, [{ kind: "settings-corrupt", keptAs }]]);
    expect(await readFile(file(keptAs), "utf8")).toBe(text);
  });
});

describe("the log", () => {
  it("tells name, code and place of an error, not its message", async () => {
    const log = openLog(folder, () => now);
    log.error("reading failed", Object.assign(new Error("secret text of a record"), { code: "EIO" }), { tries: 2 });
    const text = await readFile(file("main.log"), "utf8");
    expect(text).not.toContain("secret");
    expect(JSON.parse(text)).toMatchObject({ event: "reading failed", error: "Error", code: "EIO", tries: 2 });
    expect(text).toContain("localFiles.test");
  });

  it("keeps two files of limited size", async () => {
    const log = openLog(folder, () => now);
    for (let line = 0; line < 40; line++) log.info("line", { text: "x".repeat(50_000) });
    expect((await readdir(folder)).sort()).toEqual(["main.log", "main.old.log"]);
    expect((await stat(file("main.log"))).size + (await stat(file("main.old.log"))).size).toBeLessThan(1_400_000);
  });

  it("stops nothing when it cannot be written", async () => {
    await writeFile(file("in-the-way"), "");
    const log = openLog(file("in-the-way"), () => now);
    expect(() => log.info("start")).not.toThrow();
  });
});
