import type { BrowserWindow } from "electron";
import type { Log } from "../log/log";

const calmAfter = 60_000;
const longestDelay = 30_000;

/** When to reload after each crash: the first at once, then after 1, 2, 4 … s; a calm minute begins anew. */
export function reloadDelays(): (now: number) => number {
  let crashes = 0;
  let lastCrash = -Infinity;
  return (now) => {
    crashes = now - lastCrash > calmAfter ? 1 : crashes + 1;
    lastCrash = now;
    return crashes === 1 ? 0 : Math.min(longestDelay, 1000 * 2 ** (crashes - 2));
  };
}

/** Loads the page again when its process dies. The page then asks for new ports, and its worker replays the ledger. */
export function recoverFromCrashes(window: BrowserWindow, log: Log, whenGone: () => void): void {
  const delayAfter = reloadDelays();
  const contents = window.webContents;
  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    log.info("page process gone", { reason, exitCode });
    whenGone();
    if (reason === "clean-exit") return;
    setTimeout(() => {
      if (!window.isDestroyed()) contents.reload();
    }, delayAfter(performance.now()));
  });
  window.on("unresponsive", () => log.info("page unresponsive"));
  window.on("responsive", () => log.info("page responsive again"));
}
