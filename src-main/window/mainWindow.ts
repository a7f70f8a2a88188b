import { BrowserWindow, nativeTheme, screen } from "electron";
import { pageAddress } from "../protocol/appScheme";
import type { SettingsFile } from "../settings/settingsFile";
import { minimumSize, windowBounds } from "./bounds";

export interface MainWindowOptions {
  readonly preload: string;
  readonly settings: SettingsFile;
  readonly devTools: boolean;
}

/** How long a window must lie still before its place is remembered, in ms. */
const restBeforeRemembering = 500;

/** Opens the one window at its remembered place. It shows itself when there is something to see. */
export function openMainWindow({ preload, settings, devTools }: MainWindowOptions): BrowserWindow {
  const remembered = settings.read().window;
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...windowBounds(remembered, workAreas),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: "Qiao 桥",
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#1a1b1e" : "#ffffff",
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // The checker would fetch its dictionaries from the network.
      spellcheck: false,
      // The workers of a hidden window go on working.
      backgroundThrottling: false,
      devTools,
    },
  });
  const show = (): void => {
    if (remembered?.maximised) window.maximize();
    window.show();
  };
  window.once("ready-to-show", show);
  window.webContents.once("did-fail-load", show);
  rememberBounds(window, settings);
  void window.loadURL(pageAddress).catch(() => undefined);
  return window;
}

function rememberBounds(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    void settings.change({ window: { ...window.getNormalBounds(), maximised: window.isMaximized() } });
  };
  const rememberSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(remember, restBeforeRemembering);
  };
  window.on("resize", rememberSoon);
  window.on("move", rememberSoon);
  window.on("maximize", rememberSoon);
  window.on("unmaximize", rememberSoon);
  window.on("close", remember);
  window.on("closed", () => clearTimeout(timer));
}

/** Brings the window to the front, as a second start of the program asks for. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
