import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from "electron";
import { EXTENSION } from "./backupName";

/** How a person says where backups are; null: thought better of it. */
export interface BackupDialogs {
  /** `proposed`: a name, or a path. An existing file has been confirmed when this answers. */
  newFile(proposed: string): Promise<string | null>;
  file(): Promise<string | null>;
  folder(): Promise<string | null>;
}

const filters = [{ name: "Qiao", extensions: [EXTENSION.slice(1)] }];

/** The system's own dialogs, over the window that `window` answers. */
export function systemDialogs(window: () => BrowserWindow | null): BackupDialogs {
  const open = async (options: OpenDialogOptions): Promise<string | null> => {
    const over = window();
    const chosen = await (over ? dialog.showOpenDialog(over, options) : dialog.showOpenDialog(options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  };
  return {
    newFile: async (proposed) => {
      const over = window();
      const options: SaveDialogOptions = { defaultPath: proposed, filters, properties: ["showOverwriteConfirmation"] };
      const chosen = await (over ? dialog.showSaveDialog(over, options) : dialog.showSaveDialog(options));
      return chosen.canceled || chosen.filePath === "" ? null : chosen.filePath;
    },
    file: () => open({ filters: [...filters, { name: "*", extensions: ["*"] }], properties: ["openFile"] }),
    folder: () => open({ properties: ["openDirectory", "createDirectory"] }),
  };
}
