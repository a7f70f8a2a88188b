import { randomBytes } from "node:crypto";
import { lstat, rename } from "node:fs/promises";
import path from "node:path";
import type { NotebookKeys } from "../keys/notebookKeys";
import type { ReadableLedger } from "../ledger/ledger";
import type { BackupFacts } from "../shared/backup";
import { BackupFile } from "./backupFile";
import { backupName, unfinishedPath } from "./backupName";
import { isFolder, writing } from "./fileFailure";
import type { Job } from "./jobs";
import { OpenBackup } from "./openBackup";
import { Refused } from "./refused";
import { removeUnfinished } from "./retention";
import type { ScheduleFile } from "./scheduleFile";
import { verifyBackup } from "./verifyBackup";
import { stickDisk, writeBackup } from "./writeBackup";

export interface Making {
  readonly keys: NotebookKeys;
  readonly ledger: ReadableLedger;
  readonly file: ScheduleFile;
  readonly app: string;
  readonly now: () => Date;
  readonly by: "itself" | "hand";
}

export interface Made {
  readonly facts: BackupFacts;
  /** Nothing of the ledger was damaged: this one can take the place of an older one. */
  readonly whole: boolean;
}

/**
 * Makes a backup at `target`: written beside it, brought to the disk, read again from end to end, and only then given
 * its name. A kill at any point leaves either the whole backup or a file that the next run removes, and never changes
 * what bore the name before. Throws `Refused` or the signal's reason.
 */
export async function makeBackup(target: string, making: Making, job: Job): Promise<Made> {
  const { keys, ledger, file, app, now, by } = making;
  await refuseSpecial(target);
  await removeLeftBehind(file);
  const { maker, number } = file.read();
  const unfinished = unfinishedPath(target, randomBytes(8).toString("hex"));
  // Where the note cannot be kept, a backup is still better than none.
  await file.change({ unfinished: [...file.read().unfinished, unfinished], number: number + 1 });
  const key = keys.derive("backup");
  const { notebook } = keys;
  try {
    const clear = { wraps: [...keys.portable()], maker, number: number + 1, by };
    const { whole } = await writeBackup(unfinished, { ledger, notebook, key, clear, app, now }, asWork(job));
    const facts = await verified(unfinished, key, job);
    job.signal.throwIfAborted();
    await writing(target, () => rename(unfinished, target));
    await writing(target, () => stickDisk.syncFolder(path.dirname(target)));
    return { facts: { ...facts, path: target }, whole };
  } finally {
    key.fill(0);
    await removeLeftBehind(file);
  }
}

/** A name in the folder that no file has: a backup never replaces another by itself. */
export async function freeName(folder: string, at: Date): Promise<string> {
  if (!(await isFolder(folder))) throw new Refused({ kind: "folder-missing", path: folder });
  for (let count = 1; ; count++) {
    const file = path.join(folder, backupName(at, count));
    if ((await kindOf(file)) === "nothing") return file;
  }
}

/** Removes what was begun and not finished, as far as it can be reached; the rest is tried again. */
export async function removeLeftBehind(file: ScheduleFile): Promise<void> {
  const { unfinished } = file.read();
  if (unfinished.length === 0) return;
  const removed = await Promise.all(unfinished.map(removeUnfinished));
  await file.change({ unfinished: unfinished.filter((_, index) => removed[index] === false).slice(-20) });
}

async function verified(file: string, key: Buffer, { signal, onProgress }: Job): Promise<BackupFacts> {
  const opened = await BackupFile.open(file);
  try {
    const sealed = await opened.unlock(key);
    if (!sealed) throw new Refused({ kind: "damaged", path: file, detail: "header" });
    const report = (bytes: number): void => onProgress("verifying", bytes, sealed.size);
    const checked = await verifyBackup(sealed, file, { signal, onProgress: report });
    return new OpenBackup(opened, sealed, checked).facts(true);
  } finally {
    await opened.close();
  }
}

/** What is neither a file nor nothing keeps its name: a folder, a pipe, a device. */
async function refuseSpecial(target: string): Promise<void> {
  if ((await kindOf(target)) === "special") {
    throw new Refused({ kind: "not-written", path: target, detail: "EEXIST" });
  }
}

async function kindOf(file: string): Promise<"nothing" | "file" | "special"> {
  const found = await lstat(file).catch(() => null);
  if (!found) return "nothing";
  return found.isFile() || found.isSymbolicLink() ? "file" : "special";
}

function asWork({ signal, onProgress }: Job): Parameters<typeof writeBackup>[2] {
  return { signal, onProgress: (done, total) => onProgress("making", done, total) };
}
