import type { MenuItemConstructorOptions } from "electron";
import type { IpcContract } from "../shared/ipc";
import type { Payload } from "../shared/rpc";
import type { MenuTexts } from "./menuTexts";

export type MenuCommand = Payload<IpcContract, "menu:command">["command"];

export interface MenuOptions {
  readonly texts: MenuTexts;
  readonly isMac: boolean;
  readonly devTools: boolean;
  readonly command: (command: MenuCommand) => void;
}

/**
 * The window's menu. Undo and redo go to the page, whose editors have a history of their own; outside macOS their keys
 * are left to the page altogether. No key uses Ctrl with space, a full stop or shift alone: input methods own those.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { texts, isMac, devTools } = options;
  const settings = commandItem(options, "settings", texts.settings, "CommandOrControl+,");
  const quit: MenuItemConstructorOptions = { role: "quit", label: texts.quit };
  const own = isMac ? "Qiao" : texts.file;
  return [
    { label: own, submenu: [settings, { type: "separator" }, quit] },
    { label: texts.edit, submenu: editItems(options) },
    {
      label: texts.view,
      submenu: [
        { role: "zoomIn", label: texts.zoomIn },
        { role: "zoomOut", label: texts.zoomOut },
        { role: "resetZoom", label: texts.resetZoom },
        { type: "separator" },
        { role: "togglefullscreen", label: texts.fullScreen },
        ...(devTools ? [{ role: "toggleDevTools" } as const] : []),
      ],
    },
  ];
}

function editItems(options: MenuOptions): MenuItemConstructorOptions[] {
  const { texts, isMac } = options;
  const redoKey = isMac ? "Command+Shift+Z" : "Control+Y";
  return [
    { ...commandItem(options, "undo", texts.undo, "CommandOrControl+Z"), registerAccelerator: isMac },
    { ...commandItem(options, "redo", texts.redo, redoKey), registerAccelerator: isMac },
    { type: "separator" },
    { role: "cut", label: texts.cut },
    { role: "copy", label: texts.copy },
    { role: "paste", label: texts.paste },
    { role: "pasteAndMatchStyle", label: texts.pastePlain },
    { role: "selectAll", label: texts.selectAll },
    { type: "separator" },
    commandItem(options, "find", texts.find, "CommandOrControl+F"),
  ];
}

function commandItem(
  { command }: MenuOptions,
  name: MenuCommand,
  label: string,
  accelerator: string,
): MenuItemConstructorOptions {
  return { label, accelerator, click: () => command(name) };
}
