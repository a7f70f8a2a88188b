import type { Clock } from "../data/clock";

/** A bell that those who wait can be woken by. Rung while nobody waits, the next wait ends at once. */
export class Bell {
  private rung = false;
  private readonly waiting = new Set<() => void>();

  ring(): void {
    if (this.waiting.size === 0) this.rung = true;
    for (const wake of [...this.waiting]) wake();
  }

  /** Forgets a ring that nobody has heard. */
  hush(): void {
    this.rung = false;
  }

  /** Ends when the bell rings (`rung`), `ms` have passed (`passed`; null waits for the bell alone) or on abort. */
  wait(clock: Clock, ms: number | null, signal: AbortSignal): Promise<"rung" | "passed" | "aborted"> {
    return new Promise((resolve) => {
      let cancel: (() => void) | undefined;
      const end = (how: "rung" | "passed" | "aborted"): void => {
        cancel?.();
        this.waiting.delete(wake);
        signal.removeEventListener("abort", onAbort);
        resolve(how);
      };
      const wake = (): void => {
        end("rung");
      };
      const onAbort = (): void => {
        end("aborted");
      };
      if (signal.aborted) {
        resolve("aborted");
        return;
      }
      if (this.rung) {
        this.rung = false;
        resolve("rung");
        return;
      }
      this.waiting.add(wake);
      signal.addEventListener("abort", onAbort, { once: true });
      if (ms !== null) {
        cancel = clock.schedule(ms, () => {
          end("passed");
        });
      }
    });
  }
}
