import { readdir, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { ensurePackages } from "./installed-packages.mjs";
import { root } from "./paths.mjs";
import { Told, runScript, say } from "./report.mjs";

/**
 * `npm run package`: builds the app and packs it for this system into `dist/`. Where the official Electron can be had,
 * all targets of electron-builder.yml for this system are made, or those named (`npm run package -- AppImage`). On
 * Linux without it, `dir`, `tar.gz` and `deb` are made with the tools of this machine around the Electron that the
 * tests use: good for trying, not for users, since it is out of support.
 */
const output = join(root, "dist");

/** @param {readonly string[]} named */
async function plan(named) {
  const { electronPath, isOfficial } = await import("./electron-runtime.mjs");
  const { targetsWithoutDownloads, versionOf } = await import("./packager.mjs");
  const runtime = await electronPath();
  if (isOfficial(runtime)) return { targets: named };
  if (process.platform !== "linux") {
    throw new Told(
      "Packages for this system are made of the official Electron; unset QIAO_ELECTRON to have it fetched.",
    );
  }
  const impossible = named.filter((target) => !targetsWithoutDownloads.includes(target));
  if (impossible.length > 0) {
    throw new Told(
      `${impossible.join(", ")} cannot be made here: the tools for it are on GitHub, which cannot be reached. ` +
        `What can: ${targetsWithoutDownloads.join(", ")}.`,
    );
  }
  say(`Packing Electron ${await versionOf(runtime)}, the one of the tests: to try the packages, not for users.`);
  return { targets: named.length > 0 ? named : targetsWithoutDownloads, runtime };
}

/** What was made since the given moment, for people: files with their size, and the folder of the program. */
/** @param {number} since milliseconds since the epoch */
async function report(since) {
  for (const entry of await readdir(output, { withFileTypes: true })) {
    const path = join(output, entry.name);
    const { mtimeMs, size } = await stat(path);
    const isPackage = entry.isDirectory() ? entry.name.endsWith("-unpacked") : !/\.(ya?ml|blockmap)$/.test(entry.name);
    if (!isPackage || mtimeMs < since) continue;
    const what = entry.isDirectory() ? "the program's folder" : `${String(Math.round(size / 1e6))} MB`;
    process.stdout.write(`${relative(root, path)}  ${what}\n`);
  }
}

await runScript(async () => {
  await ensurePackages();
  const { ensureBuilt } = await import("./build.mjs");
  const { packProgram } = await import("./packager.mjs");
  const named = process.argv.slice(2);
  const { targets, runtime } = await plan(named);
  await ensureBuilt();
  const started = Date.now();
  await rm(join(output, "linux-unpacked"), { recursive: true, force: true });
  await packProgram({ targets, output, ...(runtime ? { runtime } : {}) });
  await report(started);
});
