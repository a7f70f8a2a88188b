import type { BackupFailure, BackupState } from "../shared/backup";
import type { Result } from "../shared/result";
import { answered } from "./refused";

type Progress = NonNullable<BackupState["progress"]>;

/** What a job is given. `onProgress`: `total` 0 while it is not known. */
export interface Job {
  readonly signal: AbortSignal;
  readonly onProgress: (work: Progress["work"], done: number, total: number) => void;
}

/** More often than this, in ms, nobody can read it. */
const tellEvery = 100;

/** Work on backups, one after the other, each to be given up by the person. */
export class Jobs {
  readonly #all = new Set<AbortController>();
  #last: Promise<unknown> = Promise.resolve();
  #progress: Progress | null = null;
  #told = -Infinity;

  constructor(
    private readonly onChange: () => void,
    private readonly steady: () => number,
  ) {}

  get progress(): Progress | null {
    return this.#progress;
  }

  /** Runs the job after those before it. */
  run<Value>(
    work: Progress["work"],
    job: (job: Job) => Promise<Result<Value, BackupFailure>>,
  ): Promise<Result<Value, BackupFailure>> {
    const controller = new AbortController();
    this.#all.add(controller);
    const done = this.#last.then(async () => {
      this.#tell({ work, done: 0, total: 0 }, true);
      const { signal } = controller;
      const onProgress: Job["onProgress"] = (now, part, total) => {
        this.#tell({ work: now, done: part, total }, now !== this.#progress?.work);
      };
      try {
        return await answered(async () => {
          signal.throwIfAborted();
          return job({ signal, onProgress });
        });
      } finally {
        this.#all.delete(controller);
        this.#tell(null, true);
      }
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Gives up what is under way; what waits behind it goes on. */
  cancel(): void {
    const [first] = this.#all;
    first?.abort();
  }

  /** Gives up everything, and waits until nothing is under way. */
  async end(): Promise<void> {
    for (const controller of this.#all) controller.abort();
    await this.#last;
  }

  #tell(progress: Progress | null, atOnce: boolean): void {
    this.#progress = progress;
    const now = this.steady();
    if (!atOnce && now - this.#told < tellEvery) return;
    this.#told = now;
    this.onChange();
  }
}
