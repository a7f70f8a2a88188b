import { readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { ended, start } from "./children.mjs";
import { root } from "./paths.mjs";
import { Told, during } from "./report.mjs";

const sources = ["src-main", "src-renderer", "locales", "resources"];
const files = ["package-lock.json", "electron.vite.config.ts", "tsconfig.base.json", "scripts/licences.mjs"];
const built = ["out/main/main.js", "out/preload/preload.cjs", "out/renderer/index.html"];

/** @param {string} path */
function modified(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Folders count as well, since deleting a file changes only its folder. @param {string} folder @returns {number} */
function newestIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(modified(folder), ...names.map((name) => modified(join(folder, name))));
}

function isCurrent() {
  const oldestBuilt = Math.min(...built.map((file) => modified(join(root, file))));
  const newestSource = Math.max(
    ...sources.map((folder) => newestIn(join(root, folder))),
    ...files.map((file) => modified(join(root, file))),
  );
  return newestSource < oldestBuilt;
}

/** @returns {Promise<number>} the exit code of the build, whose messages go to stderr */
export async function build() {
  const started = new Date();
  const electronVite = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const code = await ended(start(process.execPath, [electronVite, "build"], { cwd: root, stdio: ["ignore", 2, 2] }));
  // Dated from the start, so that what was saved while it ran is built next time.
  if (code === 0) for (const file of built) utimesSync(join(root, file), started, started);
  return code;
}

/** Builds the app unless what is built is newer than its sources. */
export async function ensureBuilt() {
  if (isCurrent()) return;
  const code = await during("Building the app", build);
  if (code !== 0) throw new Told("The app could not be built; the messages are above.");
}
