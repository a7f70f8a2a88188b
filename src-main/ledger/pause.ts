import { setImmediate } from "node:timers/promises";

/** Longest stretch of work on the main process's thread, in ms: windows and menus wait for it. */
const longest = 8;

/** Asked between steps of long work, it lets others have their turn. */
export class Pause {
  #since = performance.now();

  async ifLong(): Promise<void> {
    if (performance.now() - this.#since < longest) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
