import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";

/** Chromium's folder of the partitions that outlive the program. */
export const PARTITIONS = "Partitions";
const PERSISTENT = "persist:";

/**
 * Removes the stores in the profile folder that no keyring names: former ones, or those of a notebook that was put
 * aside. `named` as `namedPartitions` tells; null, where the keyring cannot be understood, leaves all as they are. Must
 * come before Electron is ready, while Chromium has none of them open. What cannot be removed is tried at the next start.
 * What lies in the place of their folder, where Chromium could then make none, is put aside under another name.
 */
export function removeLeftoverPartitions(profile: string, named: readonly string[] | null): void {
  const folder = path.join(profile, PARTITIONS);
  clearPlace(folder);
  if (!named) return;
  for (const name of namesIn(folder)) {
    if (!name.startsWith("store-") || named.includes(PERSISTENT + name)) continue;
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    } catch {
      // Nothing reads it, and it is sealed by a key that is gone.
    }
  }
}

function clearPlace(folder: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== false) return;
    renameSync(folder, `${folder}.aside-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
  } catch {
    // The notebook then says that its store cannot be opened.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
