import { app } from "electron";
import type { Log } from "../log/log";

/**
 * Holds the program's end until what is under way has reached the disk. By then the window is gone, and with it the
 * workers: pages flush while their window closes.
 */
export function closeBeforeQuit(log: Log, close: () => Promise<void>): void {
  let isClosed = false;
  app.on("will-quit", (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    void close()
      .catch((error: unknown) => log.error("closing failed", error))
      .finally(() => app.quit());
  });
}
