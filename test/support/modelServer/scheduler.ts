/** Time as the model sees it. Nothing in the model asks the system's clock or starts a timer of its own. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the way back cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** A clock that only moves when told, for tests and the fuzzer. Callbacks run in order of time, then of asking. */
export interface ManualScheduler extends Scheduler {
  advance(ms: number): void;
  /** Changes what `now` says without letting time pass, as when somebody sets a clock. */
  setClock(now: number): void;
  /** How many callbacks wait. */
  readonly waiting: number;
}

export function manualScheduler(start = Date.UTC(2026, 10, 22, 12)): ManualScheduler {
  let offset = start;
  let elapsed = 0;
  let order = 0;
  let waiting: { readonly at: number; readonly order: number; readonly callback: () => void }[] = [];
  return {
    now: () => offset + elapsed,
    after: (ms, callback) => {
      const entry = { at: elapsed + ms, order: order++, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance: (ms) => {
      const end = elapsed + ms;
      for (;;) {
        let next = waiting[0];
        for (const entry of waiting)
          if (next !== undefined && (entry.at - next.at || entry.order - next.order) < 0) next = entry;
        if (next === undefined || next.at > end) break;
        const due = next;
        waiting = waiting.filter((other) => other !== due);
        elapsed = due.at;
        due.callback();
      }
      elapsed = end;
    },
    setClock: (now) => (offset = now - elapsed),
    get waiting() {
      return waiting.length;
    },
  };
}

/** The system's clock and timers, for the HTTP adapter. */
export const systemScheduler: Scheduler = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
