import { Menu } from "electron";
import type { Language } from "../shared/settings";
import { menuTemplate, type MenuCommand } from "./menuTemplate";
import { languageOf, menuTexts } from "./menuTexts";
import { systemLanguage } from "./systemLanguage";

/** Shows the menu in the chosen language, or else the system's. `command` is told what a person chose. */
export function showApplicationMenu(
  chosen: Language | undefined,
  options: { readonly devTools: boolean; readonly command: (command: MenuCommand) => void },
): void {
  const texts = menuTexts(languageOf(chosen, systemLanguage()));
  const template = menuTemplate({ ...options, texts, isMac: process.platform === "darwin" });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
