import { rename } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "../files/errorCode";
import { syncFolder } from "../files/syncFolder";
import type { SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
import { notebookFolderOf } from "./keyringFile";

/** How folders of notebooks that were put aside begin. */
export const ASIDE = "notebook.sealed-";

/**
 * Renames the notebook's folder to `notebook.sealed-<instant>`, whole, and answers that name. Renamed back, in a
 * profile without a notebook, it is what it was: its store, which goes with the next start, is rebuilt from the ledger.
 */
export async function setAside(
  profile: string,
  now: Date,
): Promise<Result<{ readonly keptAs: string }, SettingsNotSaved>> {
  const keptAs = `${ASIDE}${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  try {
    await rename(notebookFolderOf(profile), path.join(profile, keptAs));
  } catch (error) {
    return failure({ kind: "settings-not-saved", detail: errorCode(error) });
  }
  // It has its new name already: whether that outlives a power cut only decides when it is asked for again.
  await syncFolder(profile).catch(() => undefined);
  return success({ keptAs });
}
