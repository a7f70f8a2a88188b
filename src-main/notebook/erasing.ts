import { app, type Session } from "electron";
import { eraseNotebook } from "../keys/erase";
import type { Log } from "../log/log";
import type { SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";

export interface EraseParts {
  /** The profile's. */
  readonly folder: string;
  /** Ends the worker, the ledger and the keys; nothing of the notebook is open afterwards. */
  readonly close: () => Promise<void>;
  /** Takes the window away, which holds the store's files. */
  readonly closeWindow: () => void;
  readonly session: Session;
  readonly log: Log;
}

/**
 * Erases the notebook and starts the program anew: Chromium lets go of some of its files only at its end, and the next
 * start, which finds the marker, removes those before it opens anything.
 */
export async function eraseAndRestart(parts: EraseParts): Promise<Result<null, SettingsNotSaved>> {
  const { folder, close, closeWindow, session, log } = parts;
  // Keys that cannot be removed leave the notebook open and as it was.
  const erased = await eraseNotebook(folder, async () => {
    await close();
    closeWindow();
    await session.clearStorageData();
  });
  if (erased.keys.length > 0) {
    log.info("keys not erased");
    return failure({ kind: "settings-not-saved", detail: "keys" });
  }
  app.relaunch();
  app.exit(0);
  return success(null);
}
