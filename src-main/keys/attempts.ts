const SECOND = 1_000;
const LONGEST = 30 * SECOND;

/** As they are kept in the keyring. */
export interface WrongAttempts {
  readonly count: number;
  /** ISO 8601, by the computer's clock. */
  readonly at: string;
}

/** How long after so many wrong secrets in a row the next is not looked at: 1 s, 2 s, 4 s … 30 s. */
export function pauseAfter(count: number): number {
  return count === 0 ? 0 : Math.min(LONGEST, SECOND * 2 ** Math.min(count - 1, 10));
}

/**
 * Slows down guessing at the keyboard; against a stolen disk only the cost of Argon2id helps. It never locks out: the
 * longest pause is half a minute by a clock that never jumps. The computer's clock is asked once, at start, and where
 * it was set back the pause begins anew.
 */
export class Attempts {
  #kept: WrongAttempts | undefined;
  /** When the next attempt is looked at, by `ticks`. */
  #next: number;

  constructor(
    kept: WrongAttempts | undefined,
    now: Date,
    /** Milliseconds of a clock that never jumps. */
    private readonly ticks: () => number,
  ) {
    this.#kept = kept;
    const pause = pauseAfter(kept?.count ?? 0);
    const gone = kept ? now.getTime() - Date.parse(kept.at) : 0;
    this.#next = ticks() + (gone < 0 ? pause : Math.max(0, pause - gone));
  }

  /** What the keyring has to keep; undefined after a right one. */
  get kept(): WrongAttempts | undefined {
    return this.#kept;
  }

  /** Milliseconds until the next attempt is looked at. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(this.#next - this.ticks()));
  }

  /** Counts a wrong one; the pause begins now. */
  wrong(now: Date): void {
    const count = (this.#kept?.count ?? 0) + 1;
    this.#kept = { count, at: now.toISOString() };
    this.#next = this.ticks() + pauseAfter(count);
  }

  /** A right one ends the pauses. */
  right(): void {
    this.#kept = undefined;
    this.#next = this.ticks();
  }
}
