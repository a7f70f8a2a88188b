import { lstat, opendir, rm } from "node:fs/promises";
import path from "node:path";
import { draftSuffix } from "../ledger/format/writer";
import { isBackupName, isUnfinishedPath } from "./backupName";
import { BackupFile } from "./backupFile";
import { Refused } from "./refused";

/** How many backups made by themselves stay in the folder. */
export const keptBackups = 8;

export interface Maker {
  readonly notebook: string;
  readonly maker: string;
}

/**
 * Removes the oldest of this installation's backups that were made by themselves, until `keptBackups` are left; `newest`
 * always stays. What a person made, renamed or copied here, another computer's files and those of another notebook are
 * not touched. By their numbers, since clocks go back. A file that the disk does not let go of stays until next time.
 */
export async function removeOldest(folder: string, ours: Maker, newest: string): Promise<void> {
  const found = (await ownBackups(folder, ours)).filter(({ file }) => file !== newest);
  found.sort((a, b) => b.number - a.number);
  for (const { file } of found.slice(keptBackups - 1)) await rm(file).catch(() => undefined);
}

async function ownBackups(folder: string, { notebook, maker }: Maker): Promise<{ file: string; number: number }[]> {
  const found: { file: string; number: number }[] = [];
  const entries = await opendir(folder).catch(() => null);
  if (!entries) return found;
  for await (const entry of entries) {
    if (!entry.isFile() || !isBackupName(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const opened = await BackupFile.open(file).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    await opened?.close();
    if (opened?.header.notebook !== notebook || opened.clear.maker !== maker || opened.clear.by !== "itself") continue;
    found.push({ file, number: opened.clear.number });
  }
  return found;
}

/**
 * Removes what a kill left of a backup. `unfinished` was noted before the file was begun, and its name holds a random
 * number, so a regular file of that name is surely ours. Answers whether nothing of it is left.
 */
export async function removeUnfinished(unfinished: string): Promise<boolean> {
  if (!isUnfinishedPath(unfinished)) return true;
  const removed = await Promise.all([unfinished, `${unfinished}${draftSuffix}`].map(removePlain));
  return removed.every(Boolean);
}

/** A folder that is not there, such as a stick that was pulled, keeps what it keeps. */
async function removePlain(file: string): Promise<boolean> {
  try {
    if ((await lstat(file)).isFile()) await rm(file);
    return true;
  } catch {
    return (
      (await lstat(path.dirname(file)).catch(() => null)) !== null && (await lstat(file).catch(() => null)) === null
    );
  }
}
