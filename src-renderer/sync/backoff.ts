import type { Trouble } from "./trouble";

const FIRST = 1_000;
const LONGEST = 300_000;
/** A server that asks for more is asked again after this. */
const LONGEST_ASKED = 3_600_000;
/** What is rejected is tried seldom: CouchDB locks an account after five failures within five minutes. */
const AFTER_REJECTION = {
  /** As long as the gateway believes the server without asking again, so that the time shown is a true one. */
  password: 900_000,
  /** A locked account opens again after five minutes. */
  locked: 360_000,
  "not-a-member": 120_000,
} as const;
/** Computers that share an account do not come back together. */
const SPREAD_AFTER_REJECTION = 60_000;
/** Even the luckiest throw leaves the server a breath. */
const SHORTEST = 100;

/** Time changes nothing about a password that is not there: trying again would only be a wheel that turns. */
export function needsAPerson(trouble: Trouble): boolean {
  return trouble.kind === "credentials-rejected" && trouble.reason === "missing";
}

/**
 * Milliseconds to the next attempt. `attempt` counts the failures in a row before this one. Exponential with full
 * jitter (M. Brooker, "Exponential Backoff and Jitter", AWS 2015), so that a team does not return all at once.
 */
export function retryDelay(attempt: number, trouble: Trouble, random: number): number {
  if (trouble.kind === "credentials-rejected" && trouble.reason !== "missing") {
    return AFTER_REJECTION[trouble.reason] + random * SPREAD_AFTER_REJECTION;
  }
  const cap = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 20));
  const wait = Math.max(SHORTEST, random * cap);
  if (trouble.kind !== "server-error" || trouble.retryAfter === undefined) return wait;
  // What a server asks for is kept, and not by all to the same moment.
  return Math.min(trouble.retryAfter, LONGEST_ASKED) + wait;
}

/**
 * Milliseconds that are left of a wait which ends at `until` and never was longer than `longest`. Where more than that
 * is left, somebody has set the clock back meanwhile; then it is over, since days could pass until it says so.
 */
export function timeLeft(until: number, now: number, longest: number): number {
  const left = until - now;
  return left > longest ? 0 : Math.max(0, left);
}
