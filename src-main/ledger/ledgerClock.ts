import type { Clock } from "./format/header";

const day = 24 * 60 * 60 * 1000;
/** Of history that is never dropped. */
export const keptAge = 90 * day;
/** Between kept snapshots. */
export const snapshotSpacing = 30 * day;
/** A clock that jumps ahead, or an app not opened for long, counts at most so much each time. */
const longestStep = 30 * day;
/** A clock that is set by less is not said to have gone back. */
const tolerance = 60 * 60 * 1000;

/**
 * The ledger's idea of time, made from a clock that may be wrong. `newest` never goes back, so what was written while
 * the clock was behind does not look old. `lived` never jumps ahead, so that one wrong look at the clock does not make
 * everything old.
 */
export class LedgerClock {
  #last: number;
  #newest: number;
  #lived: number;

  constructor(start: Clock) {
    this.#last = start.written;
    this.#newest = Math.max(start.newest, start.written);
    this.#lived = start.lived;
  }

  /** Something is written, or was, at this instant. */
  pass(instant: number): void {
    this.#lived += Math.min(longestStep, Math.max(0, instant - this.#last));
    this.#last = instant;
    this.#newest = Math.max(this.#newest, instant);
  }

  /** Whether `newest` would be forgotten if only what is written from now on told the time. */
  isBehind(instant: number): boolean {
    return instant < this.#newest - tolerance;
  }

  /** For the header of a file that is begun now. */
  at(written: number): Clock {
    return { written, newest: this.#newest, lived: this.#lived };
  }
}

/** The least time, in ms, that has surely passed between two moments of one ledger. */
export function surelyPassed(since: Clock, now: Clock): number {
  return Math.min(now.written - Math.max(since.newest, since.written), now.lived - since.lived);
}
