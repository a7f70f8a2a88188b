import type { BrowserWindow } from "electron";
import { sendEvent } from "../ipc/handle";
import type { Log } from "../log/log";

/** How long a page may take to bring what was typed to the ledger, in ms. */
const timeLimit = 5000;
/** How often the page is asked, in ms: one that has only begun to load does not hear the first time. */
const askEvery = 200;

/** What a page made of being asked to bring to the ledger what is typed. */
export type FlushOutcome = "flushed" | "not-saved" | "no-answer";

export interface FlushBeforeClose {
  /** The page's answer. One that stays open may still be followed by one that closes: the person decided so. */
  flushed(close: boolean): void;
  /** The page's process is gone: there is nothing left to wait for. */
  pageGone(): void;
  /** The same while the window stays. */
  flush(): Promise<FlushOutcome>;
}

/** Holds the window's closing until the page has flushed, or its time is up. `isNeeded` says whether it may hold work. */
export function flushBeforeClose(window: BrowserWindow, log: Log, isNeeded: () => boolean): FlushBeforeClose {
  let isClosing = false;
  let asking: { readonly answer: Promise<FlushOutcome>; readonly settle: (outcome: FlushOutcome) => void } | null =
    null;

  /** One question at a time: whoever asks meanwhile gets its answer too. */
  function ask(reason: "close" | "lock"): Promise<FlushOutcome> {
    if (asking) return asking.answer;
    let answered: (outcome: FlushOutcome) => void = () => undefined;
    const answer = new Promise<FlushOutcome>((resolve) => {
      answered = resolve;
    });
    const send = (): void => {
      if (!window.isDestroyed() && !window.webContents.isCrashed())
        sendEvent(window.webContents, "app:flush", { reason });
    };
    const again = setInterval(send, askEvery);
    const giveUp = setTimeout(() => {
      log.info("page did not flush in time");
      settle("no-answer");
    }, timeLimit);
    const settle = (outcome: FlushOutcome): void => {
      clearInterval(again);
      clearTimeout(giveUp);
      asking = null;
      answered(outcome);
    };
    asking = { answer, settle };
    send();
    return answer;
  }

  function destroy(): void {
    if (!window.isDestroyed()) window.destroy();
  }

  window.on("close", (event) => {
    if (!isNeeded()) return;
    event.preventDefault();
    if (isClosing && asking) return;
    isClosing = true;
    void ask("close").then((outcome) => {
      // A page that does not answer cannot hold the window.
      if (outcome !== "not-saved") destroy();
      else log.info("window stays open: something is not saved");
    });
  });
  return {
    flushed: (close) => {
      if (asking) asking.settle(close ? "flushed" : "not-saved");
      // The person was told what is not saved, and closes all the same.
      else if (close && isClosing) destroy();
    },
    pageGone: () => {
      asking?.settle("flushed");
    },
    flush: async () => (isNeeded() ? ask("lock") : "flushed"),
  };
}
