import { listPackage } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/app";
import { packagedDeb, packagedProgram, packagedRoot } from "../support/packedProgram";

const installed = (path: string): string => join(packagedRoot, path);
const read = (path: string): string => readFileSync(installed(path), "utf8");

/** A field of the package's control file. */
function field(name: string): string {
  return execFileSync("dpkg-deb", ["--field", packagedDeb(), name], { encoding: "utf8" }).trim();
}

/** How the executable writes it: the character 1. */
const fuseIsOn = "1".charCodeAt(0);

test.describe("the packaged program", { tag: "@packaged" }, () => {
  test("has its fuses set as shipped: no Node, no options from outside, nothing but its own archive", async () => {
    const wire = await getCurrentFuseWire(packagedProgram);
    const on = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === fuseIsOn;
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      enableCookieEncryption: on(FuseV1Options.EnableCookieEncryption),
      enableNodeOptionsEnvironmentVariable: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      enableNodeCliInspectArguments: on(FuseV1Options.EnableNodeCliInspectArguments),
      enableEmbeddedAsarIntegrityValidation: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyLoadAppFromAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      grantFileProtocolExtraPrivileges: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test("holds what was built and nothing that is not needed", () => {
    const archive = listPackage(installed("opt/Qiao/resources/app.asar"), { isPack: false });
    expect(archive).toEqual(
      expect.arrayContaining([
        "/package.json",
        "/out/main/main.js",
        "/out/preload/preload.cjs",
        "/out/renderer/index.html",
      ]),
    );
    expect(archive.filter((path) => !/^\/(package\.json|out(\/.*)?)$/.test(path))).toEqual([]);
    expect(existsSync(installed("opt/Qiao/resources/resources/organisations.json"))).toBe(true);
    expect(existsSync(installed("opt/Qiao/resources/default_app.asar"))).toBe(false);
  });

  test("carries the licences of Electron, of Chromium and of every package in it", () => {
    expect(read("opt/Qiao/LICENSE.electron.txt")).toContain("Electron contributors");
    expect(read("opt/Qiao/LICENSES.chromium.html")).toContain("The Chromium Authors");
    const ours = read("opt/Qiao/resources/licences.txt");
    // One package of each part: main, page, what it loads later, worker; and the data.
    for (const name of ["zod", "react-dom", "@codemirror/view", "rxdb", "OpenCC"]) {
      expect(ours).toMatch(new RegExp(`^${name} .*\\(.+\\)$`, "m"));
    }
    expect(read("usr/share/doc/qiao/copyright")).toBe(ours);
  });

  test("says to the system what it is, what it needs and how to start it", () => {
    expect(field("Package")).toBe("qiao");
    expect(field("Version")).toMatch(/^\d+\.\d+\.\d+/);
    expect(field("Architecture")).toMatch(/^(amd64|arm64)$/);
    expect(Number(field("Installed-Size"))).toBeGreaterThan(100_000);
    expect(field("Description").split("\n")[0]).toBe("Offline-first bilingual field notebook");
    const needs = field("Depends").split(", ");
    expect(needs).toEqual(
      expect.arrayContaining([
        "libgtk-3-0",
        "libnss3",
        "libgbm1",
        "libsecret-1-0",
        "xdg-utils",
        "libasound2t64 | libasound2",
      ]),
    );
    expect(field("Recommends")).toBe("fonts-noto-cjk");

    const entry = read("usr/share/applications/qiao.desktop");
    expect(entry).toMatch(/^Exec=\/opt\/Qiao\/qiao %U$/m);
    expect(entry).toMatch(/^Icon=qiao$/m);
    expect(entry).toMatch(/^Categories=Office;$/m);
    expect(entry).toMatch(/^Name\[zh_CN\]=Qiao 桥$/m);
    expect(existsSync(installed("usr/share/icons/hicolor/512x512/apps/qiao.png"))).toBe(true);
  });

  test("is listed file by file, with sums that hold, readable by all and writable by root alone", () => {
    const sums = execFileSync("dpkg-deb", ["--info", packagedDeb(), "md5sums"], { encoding: "utf8" });
    expect(sums.trim().split("\n").length).toBeGreaterThan(20);
    execFileSync("md5sum", ["--check", "--quiet", "--strict", "-"], { cwd: packagedRoot, input: sums });
    const listing = execFileSync("dpkg-deb", ["--contents", packagedDeb()], { encoding: "utf8" }).trim().split("\n");
    expect(listing.filter((line) => !line.includes(" root/root "))).toEqual([]);
    const modes = new Set(listing.map((line) => line.slice(0, 10)));
    expect([...modes].sort()).toEqual(["-rw-r--r--", "-rwxr-xr-x", "drwxr-xr-x"]);
  });
});
