import { existsSync } from "node:fs";
import path from "node:path";
import { shell } from "electron";
import type { Place, PlaceNotOpened } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";

/** Where the places lie that the page may have opened; it names one and never a path. */
export type Places = Readonly<Record<Place, string>>;

/** Opens a folder or file of the app in the system's own program. */
export async function openPlace(places: Places, place: Place): Promise<Result<null, PlaceNotOpened>> {
  const target = places[place];
  if (!existsSync(target)) return failure({ kind: "not-opened", path: target, detail: "ENOENT" });
  const problem = await shell.openPath(target);
  return problem === "" ? success(null) : failure({ kind: "not-opened", path: target, detail: problem });
}

/**
 * The licences of Chromium's parts, which come with every Electron: beside the program, or among the resources where a
 * package for macOS keeps them.
 */
export function runtimeLicences(executable: string, resources: string): string {
  const name = "LICENSES.chromium.html";
  const beside = path.join(path.dirname(executable), name);
  return existsSync(beside) ? beside : path.join(resources, name);
}
