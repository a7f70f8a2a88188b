import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The checkout that the scripts belong to. */
export const root = resolve(import.meta.dirname, "..");

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where things that are costly to fetch are kept between runs: the user's cache folder, which outlives `npm ci`, or
 * else one inside the packages. An empty HOME or one that is not writable is normal in containers.
 */
export function cacheFolder() {
  const user = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folders = [join(user, "qiao"), join(root, "node_modules", ".cache", "qiao")];
  const folder = folders.find(isWritable);
  if (!folder) throw new Error(`No cache folder is writable: ${folders.join(", ")}`);
  return folder;
}
