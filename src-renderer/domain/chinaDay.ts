/** China time is UTC+8 throughout (`chinaTime.ts`). */
const OFFSET = 8 * 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** The day in China of an instant (milliseconds since the epoch), counted from 1 January 1970. */
export function chinaDay(epoch: number): number {
  return Math.floor((epoch + OFFSET) / DAY);
}

/** Its midnight, in milliseconds since the epoch. */
export function startOfChinaDay(day: number): number {
  return day * DAY - OFFSET;
}
