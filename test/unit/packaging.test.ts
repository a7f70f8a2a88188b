import configFile from "app-builder-lib/out/util/config/config.js";
import type { Configuration } from "app-builder-lib";
import { DebugLogger } from "builder-util";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const { getConfig, validateConfiguration } = configFile;
const root = resolve(import.meta.dirname, "..", "..");

let loaded: Configuration;

beforeAll(async () => {
  loaded = await getConfig(root, resolve(root, "electron-builder.yml"), null);
});

/** The installers themselves are built where GitHub can be reached; here their configuration is held. */
describe("the installers", () => {
  test("have a configuration that electron-builder accepts", async () => {
    await expect(validateConfiguration(loaded, new DebugLogger(false))).resolves.toBeUndefined();
  });

  test("are refused with an option that electron-builder does not know", async () => {
    const wrong = { ...loaded, asarr: true };
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow(/asarr/);
  });

  test("hold the built app and its manifest, and neither sources nor packages", () => {
    const { files, asar } = loaded;
    expect(asar).toBe(true);
    expect(files).toEqual([{ filter: ["out/**/*", "package.json", "!node_modules"] }]);
  });

  test("start no Node, take no options from the environment and load nothing but the archive", () => {
    const { electronFuses } = loaded;
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test("are made for Linux, Windows and macOS", () => {
    const { linux, win, mac } = loaded;
    expect(
      [linux?.target, win?.target, mac?.target].map((target) => Array.isArray(target) && target.length > 0),
    ).toEqual([true, true, true]);
  });
});
