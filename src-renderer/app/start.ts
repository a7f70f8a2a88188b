import type { i18n } from "i18next";
import type { AppInfo, Bridge } from "../../src-main/shared/ipc";
import type { Settings } from "../../src-main/shared/settings";
import { createTexts, proposeLanguage } from "../i18n/texts";
import { typeBridge, type MainClient } from "../platform/bridge";
import { Looks } from "../platform/looks";
import { createNotebookSession, type NotebookSession } from "../platform/notebook";
import { startNotebookWorker } from "../platform/notebookWorker";
import type { OpenState } from "../ports/notebook";

/** All that the window is made of, before anything is shown. */
export interface Started {
  readonly main: MainClient;
  readonly info: AppInfo;
  readonly settings: Settings;
  readonly texts: i18n;
  readonly looks: Looks;
  readonly session: NotebookSession;
  /** The notebook's answer to being opened; the window shows itself meanwhile. */
  readonly opening: Promise<OpenState>;
  /** Settles, with a description, only if the worker breaks. */
  readonly crashed: Promise<string>;
}

/** Puts the page's parts together; the worker starts beside everything else, since opening takes longest. */
export async function start(bridge: Bridge): Promise<Started> {
  const main = typeBridge(bridge);
  let onCrash: (detail: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    onCrash = resolve;
  });
  const worker = startNotebookWorker(main, onCrash);
  const session = createNotebookSession(worker.client);
  const opening = Promise.race([
    worker.client.request("open", {}),
    crashed.then((detail): OpenState => ({ kind: "failed", failure: { kind: "store-failed", detail } })),
  ]);
  const [info, settings] = await Promise.all([main.invoke("app:info", {}), main.invoke("settings:read", {})]);
  const texts = createTexts(settings.language ?? proposeLanguage(info.systemLanguage));
  return { main, info, settings, texts, looks: new Looks(main, settings), session, opening, crashed };
}
