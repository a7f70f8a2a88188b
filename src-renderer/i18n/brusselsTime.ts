import type { Language } from "../../src-main/shared/settings";
import { CHINA_TIME_ZONE } from "./formats";

const BRUSSELS = "Europe/Brussels";

function dayIn(timeZone: string, at: Date): string {
  return at.toLocaleDateString("sv-SE", { timeZone });
}

/** The clock in Brussels at an instant: `02:00`, and with the day where it is another one than in China. */
export function brusselsTime(instant: string | number, language: Language): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return "";
  const isSameDay = dayIn(BRUSSELS, at) === dayIn(CHINA_TIME_ZONE, at);
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", {
    timeZone: BRUSSELS,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(isSameDay ? {} : { day: "numeric", month: "short" }),
  }).format(at);
}
