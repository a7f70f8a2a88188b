import { BrowserWindow, screen, type Session, type WebContents } from "electron";
import { sendEvent } from "../ipc/handle";
import { saveFile, type SavedFile } from "../files/saveFile";
import type { Log } from "../log/log";
import type { MenuCommand } from "../menu/menuTemplate";
import { pageAddress } from "../protocol/appScheme";
import type { SettingsFile } from "../settings/settingsFile";
import { backgroundColor, followTheme, zoomOf } from "./appearance";
import { minimumSize, windowBounds } from "./bounds";
import { recoverFromCrashes } from "./crashRecovery";
import { flushBeforeClose, type FlushBeforeClose, type FlushOutcome } from "./flushBeforeClose";

export interface MainWindowOptions {
  readonly preload: string;
  /** Electron's session that the page and its store live in. */
  readonly session: Session;
  readonly settings: SettingsFile;
  readonly devTools: boolean;
  readonly log: Log;
  /** Whether the page may hold work that has not reached the ledger. */
  readonly holdsWork: () => boolean;
  /** The page's process died; a new page comes by itself. */
  readonly onPageGone: () => void;
}

/** The one window: opened at its remembered place, reloaded after a crash, flushed before it closes. */
export class MainWindow {
  readonly #window: BrowserWindow;
  readonly #closing: FlushBeforeClose;

  constructor(options: MainWindowOptions) {
    this.#window = openWindow(options);
    this.#closing = flushBeforeClose(this.#window, options.log, options.holdsWork);
    recoverFromCrashes(this.#window, options.log, () => {
      options.onPageGone();
      this.#closing.pageGone();
    });
  }

  /** The page has flushed: the window may go, if it was asked to, or stays because something is not saved. */
  flushed(close: boolean): void {
    this.#closing.flushed(close);
  }

  /** Brings what is typed to the ledger. */
  flush(): Promise<FlushOutcome> {
    return this.#closing.flush();
  }

  /** Takes the window away without asking its page. */
  destroy(): void {
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  /** Null once it is gone; for dialogs over it. */
  get browserWindow(): BrowserWindow | null {
    return this.#window.isDestroyed() ? null : this.#window;
  }

  /** What the page and its store live in. */
  get session(): Session {
    return this.#window.webContents.session;
  }

  /** Null once the window is gone. */
  get contents(): WebContents | null {
    return this.#window.isDestroyed() ? null : this.#window.webContents;
  }

  command(command: MenuCommand): void {
    if (!this.#window.isDestroyed()) sendEvent(this.#window.webContents, "menu:command", { command });
  }

  /** Shows text and controls in this size, 1 = 100 %. */
  zoom(factor: number): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.setZoomFactor(factor);
  }

  /** Saves a file where the person says, in a dialog over this window. */
  saveFile(file: SavedFile): ReturnType<typeof saveFile> {
    return saveFile(this.#window, file);
  }

  /** Opens the system's dialog for printing what the page shows for it. */
  print(): Promise<void> {
    return new Promise((done) => {
      this.#window.webContents.print({ printBackground: true, pageSize: "A4" }, () => {
        done();
      });
    });
  }

  /** What the page shows for printing. */
  pdf(): Promise<Buffer> {
    return this.#window.webContents.printToPDF({ printBackground: true, pageSize: "A4", preferCSSPageSize: true });
  }

  /** Brings the window to the front, as a second start of the program asks for. */
  focus(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }
}

/** How long a window must lie still before its place is remembered, in ms. */
const restBeforeRemembering = 500;

/** Opens the window. It shows itself when there is something to see. */
function openWindow({ preload, session, settings, devTools }: MainWindowOptions): BrowserWindow {
  const remembered = settings.read().window;
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...windowBounds(remembered, workAreas),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: "Qiao 桥",
    show: false,
    autoHideMenuBar: true,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload,
      session,
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
  followTheme(window);
  // Chromium keeps a zoom of its own for every origin; the setting is the one that holds, also after a reload. (Not
  // `webPreferences.zoomFactor`: it would come back at every reload once the setting is 100 %.)
  window.webContents.on("did-navigate", () => window.webContents.setZoomFactor(zoomOf(settings.read())));
  // Ctrl and the wheel: the page changes the setting, like by its keys.
  window.webContents.on("zoom-changed", (_event, direction) => {
    sendEvent(window.webContents, "menu:command", { command: direction === "in" ? "zoomIn" : "zoomOut" });
  });
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
