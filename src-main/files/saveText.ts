import { dialog, type BrowserWindow } from "electron";
import type { TextNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
import { atomicWrite } from "./atomicWrite";
import { errorCode } from "./errorCode";

/** Asks where to, then writes the text there; null if the person thinks better of it. The page never names a path. */
export async function saveText(
  window: BrowserWindow | null,
  proposedPath: string,
  text: string,
): Promise<Result<{ readonly path: string } | null, TextNotSaved>> {
  const options = { defaultPath: proposedPath, filters: [{ name: "Text", extensions: ["txt"] }] };
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (chosen.canceled || chosen.filePath === "") return success(null);
  try {
    await atomicWrite(chosen.filePath, text);
    return success({ path: chosen.filePath });
  } catch (error) {
    return failure({ kind: "not-written", path: chosen.filePath, detail: errorCode(error) });
  }
}
