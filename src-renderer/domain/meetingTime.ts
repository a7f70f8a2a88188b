import { chinaDay, startOfChinaDay } from "./chinaDay";

/** A meeting without an end is taken to last this long, in ms. */
const USUAL = 60 * 60 * 1000;

/** Whether a meeting names only its day: it is then stored as beginning at midnight in China, without an end. */
export function isDayOnly(startsAt: string | undefined, endsAt: string | undefined): boolean {
  const start = Date.parse(startsAt ?? "");
  return endsAt === undefined && !Number.isNaN(start) && startOfChinaDay(chinaDay(start)) === start;
}

/**
 * When a meeting is over, in milliseconds since the epoch; undefined for one without a date. One that names only its day
 * lasts until that day is over.
 */
export function endOfMeeting(startsAt: string | undefined, endsAt: string | undefined): number | undefined {
  const [start, end] = [startsAt, endsAt].map((instant) => Date.parse(instant ?? ""));
  if (end !== undefined && !Number.isNaN(end)) return end;
  if (start === undefined || Number.isNaN(start)) return undefined;
  return isDayOnly(startsAt, endsAt) ? startOfChinaDay(chinaDay(start) + 1) : start + USUAL;
}
