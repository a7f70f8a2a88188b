import { StillClock } from "./notebookDevice";

/** Time that runs. What it says may be wrong and jump, and hours can be skipped in which a machine does nothing. */
export class WallClock extends StillClock {
  /** What somebody has set the clock wrong by, in ms; nothing falls due by it. */
  error = 0;
  private skipped = 0;
  private readonly due = new Set<{ readonly at: number; readonly run: () => void }>();

  override now(): number {
    return this.elapsed() + this.error;
  }

  override schedule(ms: number, task: () => void): () => void {
    const entry = { at: this.elapsed() + ms, run: () => run() };
    const timer = setTimeout(entry.run, ms);
    const cancel = (): void => {
      clearTimeout(timer);
      this.due.delete(entry);
    };
    const run = (): void => {
      cancel();
      task();
    };
    this.due.add(entry);
    return cancel;
  }

  /** Time goes on at once: everything that falls due within it is run now. */
  skip(ms: number): void {
    this.skipped += ms;
    for (const { at, run } of [...this.due].sort((a, b) => a.at - b.at)) if (at <= this.elapsed()) run();
  }

  private elapsed(): number {
    return Date.now() + this.skipped;
  }
}
