import type { BackupFailure } from "../shared/backup";
import { isDue } from "./dueTime";
import type { ScheduleFile } from "./scheduleFile";

/** How often the schedule is looked at, in ms. A sleeping computer skips looks, and the next one catches up. */
const lookEvery = 60_000;
/** After a failure, in ms; a wake-up comes before it. */
const again = 60 * 60_000;
/** Nobody types for so long, in seconds, or the backup has been due for so long, in ms: then it is made. */
const idle = 30;
const longestWait = 10 * 60_000;

export interface ScheduleOptions {
  readonly file: ScheduleFile;
  /** The uuid of the open notebook; null while there is none. */
  readonly notebook: () => string | null;
  /** Makes one in the folder; null when that went well. */
  readonly make: () => Promise<BackupFailure | null>;
  readonly now: () => Date;
  /** In ms; never jumps, whatever happens to the clock. */
  readonly steady: () => number;
  /** Since anything was typed or moved on this computer. */
  readonly idleSeconds: () => number;
}

/** Makes a backup when one is due, the notebook is open and nobody is in the middle of a sentence. */
export class Schedule {
  #timer: NodeJS.Timeout | null = null;
  #notBefore = -Infinity;
  #dueSince: number | null = null;
  #looking: Promise<void> | null = null;

  constructor(private readonly options: ScheduleOptions) {}

  start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.look(), lookEvery);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** What failed may work now: the computer woke up, or the person chose anew. */
  async tryAgain(): Promise<void> {
    this.#notBefore = -Infinity;
    await this.look();
  }

  /** Makes a backup if it is time to; answers once that is over. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { file, notebook, now, steady, idleSeconds, make } = this.options;
    const { folder, every, inFolder } = file.read();
    const open = notebook();
    if (open === null || folder === null || every === null) return;
    const last = inFolder?.notebook === open ? new Date(inFolder.at) : null;
    if (!isDue(every, last, now())) {
      this.#dueSince = null;
      return;
    }
    if (steady() < this.#notBefore) return;
    this.#dueSince ??= steady();
    if (idleSeconds() < idle && steady() - this.#dueSince < longestWait) return;
    const failed = await make();
    this.#dueSince = null;
    this.#notBefore = failed ? steady() + again : -Infinity;
  }
}
