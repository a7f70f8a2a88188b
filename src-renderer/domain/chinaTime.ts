import { failure, success, type Result } from "../../src-main/shared/result";

/**
 * Times as typed and shown in China. China time is UTC+8 throughout: one zone for the whole country and no summer time
 * since 1991 (IANA zone Asia/Shanghai). Earlier years are reckoned the same way.
 */

export type TimeFailure =
  /** Not understood as a date, with or without a time. */
  | { readonly kind: "not-a-time" }
  /** Understood, but there is no such day or time of day (30 February, 25:00). */
  | { readonly kind: "no-such-time" }
  /** Not between 1900 and 2999. */
  | { readonly kind: "out-of-range" };

const OFFSET = 8 * 60 * 60 * 1000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/**
 * Reads a date and time of day in China time; answers the instant in UTC (`2026-11-22T01:00:00.000Z`). Understands
 * `2026-11-22 09:00`, `2026-11-22T09:00`, `2026/11/22 下午3:00`, `2026年11月22日 9点半`, `22.11.2026 9:00`,
 * `22 Nov 2026 3pm`, full-width digits, a weekday beside the date, and instants with an offset of their own (`…Z`).
 * A date alone is its midnight. `3/4/2026` is refused, since it is 3 April to some and 4 March to others.
 */
export function parseChinaTime(typed: string): Result<string, TimeFailure> {
  if (typed.length > 100) return failure({ kind: "not-a-time" });
  const text = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(weekday, " ")
    .replace(/[\s,，]+/g, " ")
    .trim();
  const day = readDay(text);
  if (day === undefined) return failure({ kind: "not-a-time" });
  const time = readTime(day.rest);
  if (time === undefined) return failure({ kind: "not-a-time" });
  if (day.year < FIRST_YEAR || day.year > LAST_YEAR) return failure({ kind: "out-of-range" });
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  const exists = new Date(midnight).getUTCMonth() === day.month - 1 && new Date(midnight).getUTCDate() === day.day;
  if (!exists || time.milliseconds === undefined) return failure({ kind: "no-such-time" });
  return success(new Date(midnight + time.milliseconds - time.offset).toISOString());
}

/** `2026-11-22 09:00` in China time; undefined for a text that is no instant. `parseChinaTime` reads it back. */
export function formatChinaTime(instant: string): string | undefined {
  const epoch = Date.parse(instant);
  if (Number.isNaN(epoch)) return undefined;
  return new Date(epoch + OFFSET).toISOString().slice(0, 16).replace("T", " ");
}

/** The calendar day that a text means, `2026-11-22`; null for one that means none. A time beside it is left out. */
export function readChinaDay(typed: string): string | null {
  const read = parseChinaTime(typed);
  return read.ok ? (formatChinaTime(read.value)?.slice(0, 10) ?? null) : null;
}

/** The day in China at an instant, in milliseconds since the epoch. */
export function chinaDate(now: number): string {
  return formatChinaTime(new Date(now).toISOString())?.slice(0, 10) ?? "";
}

const weekday =
  /\(?(?:星期|礼拜|周)[一二三四五六日天]\)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?/g;
const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthName =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What follows the date. */
  readonly rest: string;
}

const yearFirst = [
  /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?(.*)$/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(.*)$/,
  /^(\d{4})(\d{2})(\d{2})(?!\d)(.*)$/,
];
const dayFirst = /^(\d{1,2})([.-]) ?(\d{1,2})\2 ?(\d{4})(?!\d)(.*)$/;
const dayAndName = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th|\\.)? ${monthName}\\.? (\\d{4})(?!\\d)(.*)$`);
const nameAndDay = new RegExp(`^${monthName}\\.? (\\d{1,2})(?:st|nd|rd|th)? (\\d{4})(?!\\d)(.*)$`);

function readDay(text: string): Day | undefined {
  for (const pattern of yearFirst) {
    const found = pattern.exec(text);
    if (found) return dayOf(found[1], Number(found[2]), found[3], found[4]);
  }
  const european = dayFirst.exec(text);
  if (european) return dayOf(european[4], Number(european[3]), european[1], european[5]);
  const named = dayAndName.exec(text);
  if (named) return dayOf(named[3], monthOf(named[2]), named[1], named[4]);
  const american = nameAndDay.exec(text);
  return american ? dayOf(american[3], monthOf(american[1]), american[2], american[4]) : undefined;
}

function dayOf(year: string | undefined, month: number, day: string | undefined, rest: string | undefined): Day {
  return { year: Number(year), month, day: Number(day), rest: (rest ?? "").replace(/^ ?t(?=\d)/, "").trim() };
}

function monthOf(name: string | undefined): number {
  return monthNames.indexOf((name ?? "").slice(0, 3)) + 1;
}

interface TimeOfDay {
  /** Since midnight; undefined where there is no such time. */
  readonly milliseconds: number | undefined;
  /** Of the zone meant, milliseconds east of UTC. */
  readonly offset: number;
}

const clock =
  /^(上午|下午|早上|早晨|清晨|中午|傍晚|晚上|晚|凌晨|夜里)? ?(\d{1,2})(?:(?:[:.h点时] ?)(?:(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?分?|(半))?)? ?(a\.?m\.?|p\.?m\.?)? ?(z|[+-]\d{2}:?\d{2})?$/;

function readTime(text: string): TimeOfDay | undefined {
  if (text === "") return { milliseconds: 0, offset: OFFSET };
  const compact = /^(\d{2})(\d{2})$/.exec(text);
  const found = clock.exec(compact ? `${compact[1] ?? ""}:${compact[2] ?? ""}` : text);
  if (!found) return undefined;
  const [, part, hour, minute, second, fraction, half, meridiem, zone] = found;
  // A bare number after a date (2026-11-22 9) is not clearly an hour.
  if (!part && !meridiem && !/[:.h点时]/.test(compact ? ":" : text)) return undefined;
  const hours = hourOfDay(Number(hour), part, meridiem);
  const minutes = half ? 30 : Number(minute ?? 0);
  const seconds = Number(second ?? 0);
  const exists = hours !== undefined && hours < 24 && minutes < 60 && seconds < 60;
  return {
    milliseconds: exists
      ? ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((fraction ?? "0").padEnd(3, "0"))
      : undefined,
    offset: zone === undefined ? OFFSET : offsetOf(zone),
  };
}

/** The hour from 0 to 23 and above; undefined where the part of the day contradicts it (下午23点, 13 am). */
function hourOfDay(hour: number, part: string | undefined, meridiem: string | undefined): number | undefined {
  if (meridiem !== undefined) {
    if (hour < 1 || hour > 12 || part !== undefined) return undefined;
    return (hour % 12) + (meridiem.startsWith("p") ? 12 : 0);
  }
  switch (part) {
    case undefined:
      return hour;
    case "下午":
    case "傍晚":
      return hour > 12 ? evening(hour) : (hour % 12) + 12;
    case "晚上":
    case "晚":
    case "夜里":
      return hour === 12 ? undefined : evening(hour);
    case "中午":
      return hour >= 11 && hour <= 13 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : undefined;
    case "凌晨":
      return hour === 12 ? 0 : hour <= 6 ? hour : undefined;
    default:
      return hour <= 12 ? hour : undefined;
  }
}

function evening(hour: number): number | undefined {
  return hour < 12 ? hour + 12 : hour;
}

function offsetOf(zone: string): number {
  if (zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
