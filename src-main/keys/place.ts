import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";

/**
 * Where a notebook is at home, as a digest: the folder's real path, its number on the disk and when it was made there
 * (numbers are given again), and, on Linux, the number of the machine (`machine-id(5)`). A folder that was copied or
 * brought back from a copy has another one; a disk that was set back as a whole, as of a virtual machine, has not. So
 * may have, now and then, a folder that was moved, renamed or put on another disk; that does no harm, since all that
 * follows is that this computer takes a new device id. Salted by the notebook's uuid: it tells nothing of path or machine.
 */
export async function placeOf(folder: string, notebook: string): Promise<string> {
  const [real, { ino, birthtimeNs }, machine] = await Promise.all([
    realpath(folder),
    stat(folder, { bigint: true }),
    machineId(),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([notebook, real, String(ino), String(birthtimeNs), machine]))
    .digest("base64");
}

async function machineId(): Promise<string> {
  if (process.platform !== "linux") return "";
  return (await readFile("/etc/machine-id", "utf8").catch(() => "")).trim();
}
