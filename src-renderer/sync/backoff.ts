import type { Trouble } from "./trouble";

const FIRST = 1_000;
const LONGEST = 300_000;
/** A rejected password is tried seldom: CouchDB locks an account after five failures within five minutes. */
const SHORTEST_AFTER_REJECTION = 120_000;
/** Even the luckiest throw leaves the server a breath. */
const SHORTEST = 100;

/**
 * Milliseconds to the next attempt. `attempt` counts the failures in a row before this one. Exponential with full
 * jitter (M. Brooker, "Exponential Backoff and Jitter", AWS 2015), so that a team does not return all at once.
 */
export function retryDelay(attempt: number, trouble: Trouble, random: number): number {
  if (trouble.kind === "credentials-rejected") {
    return SHORTEST_AFTER_REJECTION + random * (LONGEST - SHORTEST_AFTER_REJECTION);
  }
  const cap = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 20));
  return Math.max(SHORTEST, random * cap);
}
