import { chinaDay, startOfChinaDay } from "./chinaDay";

/** A meeting without an end is taken to last this long, in ms. */
const USUAL = 60 * 60 * 1000;

/**
 * When a meeting is over, in milliseconds since the epoch; undefined for one without a date. One that names only its day
 * (it is stored as beginning at midnight in China) lasts until that day is over.
 */
export function endOfMeeting(startsAt: string | undefined, endsAt: string | undefined): number | undefined {
  const [start, end] = [startsAt, endsAt].map((instant) => Date.parse(instant ?? ""));
  if (end !== undefined && !Number.isNaN(end)) return end;
  if (start === undefined || Number.isNaN(start)) return undefined;
  const day = chinaDay(start);
  return startOfChinaDay(day) === start ? startOfChinaDay(day + 1) : start + USUAL;
}
