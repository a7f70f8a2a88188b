import type { Change } from "../../domain/edit";
import type { ContactId, OrganisationId } from "../../domain/ids";
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
