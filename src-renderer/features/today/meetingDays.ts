import type { MeetingRow } from "../../domain/rosterRow";
import { chinaDay } from "../../domain/chinaDay";

/** Meetings of one day in China, in the order given; `at` is the start of the first, null for those without a date. */
export interface MeetingDay {
  readonly key: string;
  readonly at: number | null;
  readonly meetings: readonly MeetingRow[];
}

export function groupByDay(meetings: readonly MeetingRow[]): readonly MeetingDay[] {
  const days = new Map<string, { at: number | null; meetings: MeetingRow[] }>();
  for (const meeting of meetings) {
    const start = startOf(meeting);
    const key = start === null ? "none" : String(chinaDay(start));
    const day = days.get(key);
    if (day) day.meetings.push(meeting);
    else days.set(key, { at: start, meetings: [meeting] });
  }
  return [...days].map(([key, day]) => ({ key, ...day }));
}

/** Start of a meeting, ms since the epoch; null without one that can be read. */
export function startOf({ startsAt }: MeetingRow): number | null {
  const start = startsAt === undefined ? Number.NaN : Date.parse(startsAt);
  return Number.isNaN(start) ? null : start;
}
