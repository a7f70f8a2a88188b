import type { Change } from "../../domain/edit";
import type { ContactId, OrganisationId } from "../../domain/ids";
import { formatChinaTime, parseChinaTime } from "../../domain/chinaTime";
import type { Attendee, Meeting } from "../../domain/records/meeting";

/** What the fields of the meeting form change. A blank field is an absent value, never an empty text. */
export type MeetingTextName = "title" | "place";

export function changesForMeetingText(field: MeetingTextName, text: string): Change[] {
  return [{ op: "set", field, value: text.trim() === "" ? undefined : text }];
}

export function changesForOrganisations(before: readonly OrganisationId[], after: readonly OrganisationId[]): Change[] {
  return [
    ...before
      .filter((id) => !after.includes(id))
      .map((value): Change => ({ op: "removeMember", field: "organisationIds", value })),
    ...after
      .filter((id) => !before.includes(id))
      .map((value): Change => ({ op: "addMember", field: "organisationIds", value })),
  ];
}

/** A contact is at a meeting once; choosing the same one again changes nothing. */
export function changesForContact(attendees: readonly Attendee[], contactId: ContactId, newId: () => string): Change[] {
  if (attendees.some((attendee) => attendee.contactId === contactId)) return [];
  return [{ op: "putItem", field: "attendees", item: { id: newId(), contactId } }];
}

/** A typed name stays a name. A name that is there already is not added again. */
export function changesForNames(
  attendees: readonly Attendee[],
  names: readonly string[],
  newId: () => string,
): Change[] {
  const present = new Set(attendees.map((attendee) => attendee.name));
  return [...new Set(names)]
    .filter((name) => !present.has(name))
    .map((name): Change => ({ op: "putItem", field: "attendees", item: { id: newId(), name } }));
}

/**
 * The contact that a typed attendee becomes. Its id comes from the attendee's, so that pressing twice, or on two
 * computers offline, makes one contact.
 */
export function contactIdFor(attendee: Attendee): ContactId {
  return `contact:${attendee.id}`;
}

/** True when both are known and the meeting ends before it starts. Both are kept all the same. */
export function endsBeforeStart(meeting: Pick<Meeting, "startsAt" | "endsAt">): boolean {
  if (meeting.startsAt === undefined || meeting.endsAt === undefined) return false;
  return Date.parse(meeting.endsAt) < Date.parse(meeting.startsAt);
}

export type TimeFieldName = "startsAt" | "endsAt";
const asTypedName = { startsAt: "startsAsTyped", endsAt: "endsAsTyped" } as const;

/** What the field shows: a text that could not be read as it was typed, or else the time. */
export function timeText(meeting: Meeting | null, field: TimeFieldName): string {
  const instant = meeting?.[field];
  return meeting?.[asTypedName[field]] ?? (instant === undefined ? "" : (formatChinaTime(instant) ?? ""));
}

/**
 * Reads a start or end in China time: the instant, or null. A time of day alone belongs to `day`, an instant on the
 * day meant (an end is on the day of its start).
 */
export function readTime(text: string, day: string | undefined): string | null {
  const read = parseChinaTime(text);
  if (read.ok) return read.value;
  const onDay = day === undefined ? undefined : formatChinaTime(day)?.slice(0, 10);
  if (onDay === undefined || text.trim() === "") return null;
  const completed = parseChinaTime(`${onDay} ${text}`);
  return completed.ok ? completed.value : null;
}

/**
 * A text that cannot be read is kept as it was typed. The time known before stays with it until the field is left, so
 * that the list does not jump at every half-typed date; then it goes, since it is no longer what the person means.
 */
export function changesForTime(field: TimeFieldName, text: string, instant: string | null, isLeft: boolean): Change[] {
  const asTyped = asTypedName[field];
  if (text.trim() === "" || instant !== null) {
    return [
      { op: "set", field, value: instant ?? undefined },
      { op: "set", field: asTyped, value: undefined },
    ];
  }
  const typed: Change = { op: "set", field: asTyped, value: text };
  return isLeft ? [{ op: "set", field, value: undefined }, typed] : [typed];
}

/** The next full half hour: what a meeting begun now is likely to start at. */
export function proposedStart(now: number): string {
  const half = 30 * 60_000;
  return new Date(Math.ceil(now / half) * half).toISOString();
}
