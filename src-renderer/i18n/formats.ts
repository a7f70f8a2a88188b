import { useMemo } from "react";
import type { Language } from "../../src-main/shared/settings";
import { useLanguage } from "./texts";

/**
 * The clock that visits, minutes and due days follow, wherever the computer is: UTC+8 in every year, as
 * `domain/chinaTime` reads what is typed (the sign is POSIX's). Asia/Shanghai had summer time until 1991 and local mean
 * time before 1901, so a date of then would be shown as another than was typed.
 */
export const CHINA_TIME_ZONE = "Etc/GMT-8";

type Moment = string | number | Date;

/** Dates, times, numbers and lists as the language writes them; every time is China time, on the 24-hour clock. */
export interface Formats {
  /** `Tue, 24 November 2026`, `2026年11月24日 星期二` */
  longDate(at: Moment): string;
  /** `24 Nov 2026`, `2026年11月24日` */
  date(at: Moment): string;
  /** `09:00` */
  time(at: Moment): string;
  /** `24 Nov 2026, 09:00`, `2026年11月24日 09:00` */
  dateTime(at: Moment): string;
  number(value: number): string;
  /** `Beijing, Shanghai and Xi'an`, `北京、上海和西安` */
  list(items: readonly string[]): string;
}

export function createFormats(language: Language): Formats {
  // en-GB: day before month and a 24-hour clock, as European institutions write it.
  const locale = language === "en" ? "en-GB" : "zh-CN";
  const formatter = (options: Intl.DateTimeFormatOptions): ((at: Moment) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: CHINA_TIME_ZONE, ...options });
    return (at) => {
      const moment = new Date(at);
      return Number.isNaN(moment.getTime()) ? "" : format.format(moment);
    };
  };
  const date = formatter({ year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" });
  const time = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    longDate: formatter({
      year: "numeric",
      month: "long",
      day: "numeric",
      weekday: language === "en" ? "short" : "long",
    }),
    date,
    time,
    dateTime: (at) => {
      const day = date(at);
      return day && `${day}${language === "en" ? ", " : " "}${time(at)}`;
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
  };
}

const typed = new Intl.DateTimeFormat("sv-SE", {
  timeZone: CHINA_TIME_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** An instant as a person types it in either language, in China time: `2026-11-24 09:00` (ISO 8601 with a space). */
export function asTyped(instant: string): string {
  const moment = new Date(instant);
  return Number.isNaN(moment.getTime()) ? "" : typed.format(moment);
}

export function useFormats(): Formats {
  const [language] = useLanguage();
  return useMemo(() => createFormats(language), [language]);
}
