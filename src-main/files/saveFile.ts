import { dialog, type BrowserWindow } from "electron";
import type { TextNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
import { atomicWrite } from "./atomicWrite";
import { errorCode } from "./errorCode";

export interface SavedFile {
  readonly proposedPath: string;
  /** Without a dot. */
  readonly extension: "txt" | "pdf" | "json";
  readonly content: string | Buffer;
}

/** Asks where to, then writes the file there; null if the person thinks better of it. The page never names a path. */
export async function saveFile(
  window: BrowserWindow | null,
  { proposedPath, extension, content }: SavedFile,
): Promise<Result<{ readonly path: string } | null, TextNotSaved>> {
  const options = {
    defaultPath: proposedPath,
    filters: [{ name: { pdf: "PDF", txt: "Text", json: "JSON" }[extension], extensions: [extension] }],
  };
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (chosen.canceled || chosen.filePath === "") return success(null);
  try {
    await atomicWrite(chosen.filePath, content);
    return success({ path: chosen.filePath });
  } catch (error) {
    return failure({ kind: "not-written", path: chosen.filePath, detail: errorCode(error) });
  }
}
