import type { BrowserWindow } from "electron";
import { sendEvent } from "../ipc/handle";
import type { Log } from "../log/log";

/** How long a page may take to bring what was typed to the ledger, in ms. */
const timeLimit = 5000;

export interface FlushBeforeClose {
  /** The page has flushed: the window may go. */
  flushed(): void;
}

/** Holds the window's closing until the page has flushed, or its time is up. `isNeeded` says whether it may hold work. */
export function flushBeforeClose(window: BrowserWindow, log: Log, isNeeded: () => boolean): FlushBeforeClose {
  let timer: NodeJS.Timeout | undefined;
  const goOn = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.destroy();
  };
  window.on("close", (event) => {
    if (!isNeeded()) return;
    event.preventDefault();
    if (timer) return;
    sendEvent(window.webContents, "app:flush", {});
    timer = setTimeout(() => {
      log.info("page did not flush in time");
      goOn();
    }, timeLimit);
  });
  return {
    flushed: () => {
      if (timer) goOn();
    },
  };
}
