import type { Language } from "../../src-main/shared/settings";
import { chinaDay } from "../domain/chinaDay";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Days of China's calendar from one instant to another, both in ms since the epoch: 1 is tomorrow, -1 yesterday. */
export function chinaDaysBetween(from: number, to: number): number {
  return chinaDay(to) - chinaDay(from);
}

function format(value: number, unit: Intl.RelativeTimeFormatUnit, language: Language): string {
  return new Intl.RelativeTimeFormat(language === "en" ? "en-GB" : "zh-CN", { numeric: "auto" }).format(value, unit);
}

/** A day as seen from now: `today`, `tomorrow`, `in 3 days`, `2 weeks ago`; 今天、明天、3天后. */
export function relativeDay(at: number, now: number, language: Language): string {
  const days = chinaDaysBetween(now, at);
  if (Math.abs(days) < 14) return format(days, "day", language);
  if (Math.abs(days) < 60) return format(Math.round(days / 7), "week", language);
  if (Math.abs(days) < 730) return format(Math.round(days / 30.44), "month", language);
  return format(Math.round(days / 365.25), "year", language);
}

/** An instant as seen from now, by minutes for two hours, by hours for the rest of the day, by days beyond. */
export function relativeTime(at: number, now: number, language: Language): string {
  const distance = at - now;
  const minutes = distance > 0 ? Math.ceil(distance / MINUTE) : Math.trunc(distance / MINUTE);
  if (Math.abs(distance) < MINUTE) return format(0, "second", language);
  if (Math.abs(minutes) < 120) return format(minutes, "minute", language);
  if (chinaDaysBetween(now, at) === 0) return format(Math.round(distance / HOUR), "hour", language);
  return relativeDay(at, now, language);
}
