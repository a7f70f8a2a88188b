import type { RecordType } from "./ids";
import type { RecordKind } from "./recordKind";
import { authorKind } from "./records/author";
import { areaKind } from "./records/area";
import { contactKind } from "./records/contact";
import { meetingKind } from "./records/meeting";
import { noteKind } from "./records/note";
import { organisationKind } from "./records/organisation";
import { termKind } from "./records/term";

/** The one table of record types. */
export const recordKinds = {
  organisation: organisationKind,
  contact: contactKind,
  meeting: meetingKind,
  term: termKind,
  area: areaKind,
  note: noteKind,
  author: authorKind,
} as const satisfies Readonly<Record<RecordType, RecordKind>>;

/** The kind of a record type named at run time; undefined for a type this version does not know. */
export function kindOf(type: string): RecordKind | undefined {
  return Object.hasOwn(recordKinds, type) ? recordKinds[type as RecordType] : undefined;
}

/** The kind of a type that is known to exist. */
export function recordKind(type: RecordType): RecordKind {
  return recordKinds[type];
}
