import { stat } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "../files/errorCode";
import type { BackupFailure } from "../shared/backup";
import { Refused } from "./refused";

/** Runs a step of the file system; its error becomes the failure to write this file. */
export async function writing<Value>(file: string, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    throw new Refused(await notWritten(file, errorCode(error)));
  }
}

/** The same for reading. */
export async function reading<Value>(file: string, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    throw new Refused({ kind: "not-readable", path: file, detail: errorCode(error) });
  }
}

/** A stick that was pulled answers with many codes; that its folder is gone says it best. */
async function notWritten(file: string, code: string): Promise<BackupFailure> {
  if (code === "ENOSPC" || code === "EDQUOT") return { kind: "disk-full", path: file };
  const folder = path.dirname(file);
  if (!(await isFolder(folder))) return { kind: "folder-missing", path: folder };
  return { kind: "not-written", path: file, detail: code };
}

export async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
