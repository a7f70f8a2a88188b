/** Simulated time: tasks run in the order of their moments, and between two of them everything that can go on does. */
export class Simulation {
  #now = Date.parse("2026-11-22T00:00:00.000Z");
  #sequence = 0;
  readonly #tasks: Task[] = [];
  readonly #drain: () => Promise<void>;

  /** `drain` resolves when nothing goes on any more without a task. */
  constructor(drain: () => Promise<void> = nextImmediate) {
    this.#drain = drain;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** Runs `task` once after `ms` simulated milliseconds. Returns the way out. */
  schedule(ms: number, task: () => void): () => void {
    const scheduled: Task = { at: this.#now + Math.max(0, ms), order: this.#sequence++, task };
    this.#push(scheduled);
    return () => {
      scheduled.task = undefined;
    };
  }

  /** Lets `ms` pass, with everything that is due in it. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#drain();
    for (;;) {
      const next = this.#tasks[0];
      if (!next || next.at > end) break;
      this.#pop();
      if (!next.task) continue;
      this.#now = Math.max(this.#now, next.at);
      next.task();
      await this.#drain();
    }
    this.#now = end;
  }

  /** Lets time pass until the work is done; the answer of the work. */
  async until<Value>(work: Promise<Value>, limit = 3_600_000): Promise<Value> {
    const state = { isSettled: false };
    const done = (): void => {
      state.isSettled = true;
    };
    work.then(done, done);
    const end = this.#now + limit;
    await this.#drain();
    while (!state.isSettled) {
      if (this.#now > end) throw new Error("work that does not end");
      await this.advance(100);
    }
    return work;
  }

  #push(task: Task): void {
    const heap = this.#tasks;
    let index = heap.push(task) - 1;
    while (index > 0) {
      const place = (index - 1) >> 1;
      const above = heap[place];
      if (!above || !isBefore(task, above)) break;
      heap[index] = above;
      index = place;
    }
    heap[index] = task;
  }

  #pop(): void {
    const heap = this.#tasks;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let place = 2 * index + 1;
      if (isBefore(heap[place + 1], heap[place])) place += 1;
      const below = heap[place];
      if (!below || !isBefore(below, last)) break;
      heap[index] = below;
      index = place;
    }
    heap[index] = last;
  }
}

interface Task {
  readonly at: number;
  readonly order: number;
  /** Undefined once it was called off. */
  task: (() => void) | undefined;
}

function isBefore(a: Task | undefined, b: Task | undefined): boolean {
  if (!a || !b) return a !== undefined;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** All promises that can be settled are, when the next turn of the loop comes. */
function nextImmediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Holds the clock of the process still while a history runs: what measures its own work (`createPace`) would otherwise
 * pause at other places on a slow day. Returns the way out.
 */
export function holdProcessClock(simulation: Simulation): () => void {
  const own = Object.getOwnPropertyDescriptor(performance, "now");
  Object.defineProperty(performance, "now", { value: () => simulation.now, configurable: true, writable: true });
  return () => {
    if (own) Object.defineProperty(performance, "now", own);
    else Reflect.deleteProperty(performance, "now");
  };
}
