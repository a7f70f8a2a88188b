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
    expect(files).toEqual([{ filter: ["out/**/*", "package.json", "!out/renderer/licences.txt", "!node_modules"] }]);
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

  test("hold the reference data and the licences for people to read", () => {
    expect(loaded.extraResources).toEqual([
      { from: "resources", to: "resources", filter: ["*.json"] },
      { from: "out/renderer/licences.txt", to: "licences.txt" },
    ]);
  });

  test("are an AppImage, a deb and an rpm for Linux, NSIS for Windows, dmg and zip for macOS", () => {
    const names = (target: unknown): readonly string[] =>
      (target as readonly (string | { target: string })[]).map((one) => (typeof one === "string" ? one : one.target));
    const { linux, win, mac } = loaded;
    expect([linux?.target, win?.target, mac?.target].map(names)).toEqual([
      ["AppImage", "deb", "rpm"],
      ["nsis"],
      ["dmg", "zip"],
    ]);
  });

  test.each([
    ["nsis", { nsis: { oneClik: true } }],
    ["dmg", { dmg: { tittle: "Qiao" } }],
    ["appImage", { appImage: { licence: "x" } }],
    ["deb", { deb: { depend: [] } }],
  ])("are refused with a slip in the settings of %s", async (_name, slip) => {
    await expect(
      validateConfiguration({ ...loaded, ...slip } as Configuration, new DebugLogger(false)),
    ).rejects.toThrow();
  });
});
