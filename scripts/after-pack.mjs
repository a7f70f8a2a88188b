import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Called by electron-builder (`afterPack` of electron-builder.yml) when the program's folder is whole and not yet
 * packed. A runtime that was copied instead of downloaded leaves things in it: the program that opens any folder, and
 * marks of its own.
 *
 * @param {import("app-builder-lib").AfterPackContext} context
 */
export async function afterPack({ appOutDir, packager }) {
  const leftovers = [join(packager.getResourcesDir(appOutDir), "default_app.asar"), join(appOutDir, "complete")];
  await Promise.all(leftovers.map((path) => rm(path, { force: true })));
}
