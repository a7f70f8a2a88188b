/** Ids always carry their type, since one slug may name both a term and an area. */
export const recordTypes = ["organisation", "contact", "meeting", "term", "area", "note", "author"] as const;
export type RecordType = (typeof recordTypes)[number];

export type IdOf<T extends string> = `${T}:${string}`;
export type OrganisationId = IdOf<"organisation">;
export type ContactId = IdOf<"contact">;
export type MeetingId = IdOf<"meeting">;
export type TermId = IdOf<"term">;
export type AreaId = IdOf<"area">;
export type NoteId = IdOf<"note">;
export type AuthorId = IdOf<"author">;
export type RecordId = IdOf<RecordType>;

/** The type part of an id, also of a type this version does not know. */
export function typeOfId(id: string): string {
  const colon = id.indexOf(":");
  return colon < 0 ? "" : id.slice(0, colon);
}

export function isIdOf<T extends RecordType>(type: T, id: string): id is IdOf<T> {
  return id.startsWith(`${type}:`) && id.length > type.length + 1;
}

/** Types of which the app ships records. */
export const shippedTypes = ["organisation", "term", "area"] as const satisfies readonly RecordType[];
export type ShippedType = (typeof shippedTypes)[number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whether a record with this id is a change to a shipped one (`<type>:<shipped slug>`), also where this version does not
 * ship that slug. Records made here have a UUID instead of a slug.
 */
export function isShippedId(id: string): boolean {
  const type = typeOfId(id);
  return shippedTypes.some((each) => each === type) && !UUID.test(id.slice(type.length + 1));
}

/** The note about a record: one per record, its id derived, so that two computers write the same one. */
export function noteIdOf(about: RecordId): NoteId {
  return `note:${about}`;
}

/** The record that a note is about. */
export function aboutOf(note: NoteId): RecordId {
  return note.slice("note:".length) as RecordId;
}
