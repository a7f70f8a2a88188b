import type { i18n } from "i18next";
import type { AppInfo, Bridge } from "../../src-main/shared/ipc";
import type { Settings } from "../../src-main/shared/settings";
import { createTexts, proposeLanguage } from "../i18n/texts";
import { typeBridge, type MainClient } from "../platform/bridge";
import { Looks } from "../platform/looks";
import { NotebookRuns, type NotebookRun } from "./notebookRuns";

/** All that the window is made of before the notebook is open. */
export interface StartedPage {
  readonly main: MainClient;
  readonly info: AppInfo;
  readonly settings: Settings;
  readonly texts: i18n;
  readonly looks: Looks;
  readonly runs: NotebookRuns;
}

/** The page with the open notebook. */
export interface Started extends StartedPage, NotebookRun {}

/** Puts the page's parts together; the notebook's worker starts beside everything else, as soon as the keys are there. */
export async function start(bridge: Bridge): Promise<StartedPage> {
  const main = typeBridge(bridge);
  const runs = new NotebookRuns(main);
  const [info, settings] = await Promise.all([
    main.invoke("app:info", {}),
    main.invoke("settings:read", {}),
    runs.start(),
  ]);
  const texts = createTexts(settings.language ?? proposeLanguage(info.systemLanguage));
  return { main, info, settings, texts, looks: new Looks(main, settings), runs };
}
