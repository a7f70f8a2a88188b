import { chinaDay } from "../domain/chinaDay";
import { endOfMeeting } from "../domain/meetingTime";
import type { MeetingRow } from "../domain/rosterRow";
import type { Arrival, Today } from "../ports/notebook";
import { shownAs, toSend, type WaitingParts } from "./waitingList";

const MEETINGS = 5;
/** Rows of what arrived and of what waits; the totals say how much more there is. */
const ROWS = 50;

/** `now` in milliseconds since the epoch. */
export async function today(parts: WaitingParts, now: number): Promise<Today> {
  const { roster, state } = parts;
  const { next, nextTotal, last } = await meetings(parts, now);
  const { total, entries } = state.arrivals.since(chinaDay(now) - 1);
  const arrived = entries.flatMap(({ about, at, by, note }): Arrival[] => {
    const row = roster.row(about);
    // Who a colleague is and on which computers stands beside what the colleague wrote; by itself it is no news.
    return row && row.type !== "author" ? [{ row, at, by, note }] : [];
  });
  // A record and the note about it wait as one.
  const waiting = [...new Set(toSend(parts, true).map(({ id }) => shownAs(id)))];
  return {
    next,
    nextTotal,
    last,
    arrived: arrived.slice(0, ROWS),
    arrivedTotal: total - (entries.length - arrived.length),
    waiting: waiting.flatMap((id) => roster.row(id) ?? []).slice(0, ROWS),
    waitingTotal: waiting.length,
  };
}

async function meetings({ roster }: WaitingParts, now: number): Promise<Pick<Today, "next" | "nextTotal" | "last">> {
  const { rows } = await roster.list({ type: "meeting", filter: "", offset: 0, limit: Number.POSITIVE_INFINITY });
  const coming: MeetingRow[] = [];
  const over: MeetingRow[] = [];
  for (const row of rows) {
    if (row.type !== "meeting") continue;
    const end = endOfMeeting(row.startsAt, row.endsAt);
    if (end !== undefined) (end > now ? coming : over).push(row);
  }
  const byStart = (a: MeetingRow, b: MeetingRow): number => Date.parse(a.startsAt ?? "") - Date.parse(b.startsAt ?? "");
  return {
    next: coming.sort(byStart).slice(0, MEETINGS),
    nextTotal: coming.length,
    last: over.sort((a, b) => byStart(b, a)).slice(0, MEETINGS),
  };
}
