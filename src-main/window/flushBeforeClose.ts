import type { BrowserWindow } from "electron";
import { sendEvent } from "../ipc/handle";
import type { Log } from "../log/log";

/** How long a page may take to bring what was typed to the ledger, in ms. */
const timeLimit = 5000;
/** How often the page is asked, in ms: one that has only begun to load does not hear the first time. */
const askEvery = 200;

export interface FlushBeforeClose {
  /** The page's answer. One that stays open may still be followed by one that closes: the person decided so. */
  flushed(close: boolean): void;
  /** The page's process is gone: there is nothing left to wait for. */
  pageGone(): void;
}

/** Holds the window's closing until the page has flushed, or its time is up. `isNeeded` says whether it may hold work. */
export function flushBeforeClose(window: BrowserWindow, log: Log, isNeeded: () => boolean): FlushBeforeClose {
  let timer: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;
  let isAsked = false;
  const stopWaiting = (): void => {
    clearTimeout(timer);
    clearInterval(asking);
    timer = undefined;
  };
  const ask = (): void => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) sendEvent(window.webContents, "app:flush", {});
  };
  const goOn = (): void => {
    stopWaiting();
    if (!window.isDestroyed()) window.destroy();
  };
  window.on("close", (event) => {
    if (!isNeeded()) return;
    event.preventDefault();
    if (timer) return;
    isAsked = true;
    ask();
    asking = setInterval(ask, askEvery);
    timer = setTimeout(() => {
      log.info("page did not flush in time");
      goOn();
    }, timeLimit);
  });
  return {
    flushed: (close) => {
      stopWaiting();
      if (close && isAsked) goOn();
      else if (!close) log.info("window stays open: something is not saved");
    },
    pageGone: () => {
      if (timer) goOn();
    },
  };
}
