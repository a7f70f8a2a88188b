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
 * The window's menu. Its commands go to the page, which knows what is composed, typed and chosen; outside macOS their keys
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
        commandItem(options, "zoomIn", texts.zoomIn, "CommandOrControl+Plus"),
        commandItem(options, "zoomOut", texts.zoomOut, "CommandOrControl+-"),
        commandItem(options, "zoomReset", texts.resetZoom, "CommandOrControl+0"),
        { type: "separator" },
        { role: "togglefullscreen", label: texts.fullScreen },
        ...(devTools ? [{ role: "toggleDevTools" } as const] : []),
      ],
    },
    // `?` is a character for the menu: only the page knows whether it is being typed.
    {
      role: "help",
      label: texts.help,
      submenu: [{ label: texts.shortcuts, click: () => options.command("shortcuts") }],
    },
  ];
}

function editItems(options: MenuOptions): MenuItemConstructorOptions[] {
  const { texts, isMac } = options;
  const redoKey = isMac ? "Command+Shift+Z" : "Control+Y";
  return [
    commandItem(options, "undo", texts.undo, "CommandOrControl+Z"),
    commandItem(options, "redo", texts.redo, redoKey),
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
  { command, isMac }: MenuOptions,
  name: MenuCommand,
  label: string,
  accelerator: string,
): MenuItemConstructorOptions {
  return { label, accelerator, registerAccelerator: isMac, click: () => command(name) };
}
