import { accessSync, constants, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { app } from "electron";

export type Profile =
  | { readonly kind: "ours"; readonly folder: string }
  /** Another program runs with this profile; it has been told to show itself. */
  | { readonly kind: "in-use" }
  | { readonly kind: "not-writable" };

/**
 * Takes the profile folder, `--user-data-dir=DIR` or the usual one, for this program alone. Must come before `ready`.
 */
export function takeProfile(): Profile {
  const wanted = app.commandLine.getSwitchValue("user-data-dir");
  const folder = wanted === "" ? app.getPath("userData") : path.resolve(wanted);
  if (!isWritable(folder)) {
    // Chromium needs some folder to run in while the message is shown.
    app.setPath("userData", mkdtempSync(path.join(tmpdir(), "qiao-")));
    return { kind: "not-writable" };
  }
  app.setPath("userData", folder);
  return app.requestSingleInstanceLock() ? { kind: "ours", folder } : { kind: "in-use" };
}

function isWritable(folder: string): boolean {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Step by step, because Node's own way never returns where a folder seems to be missing for ever, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
