import type { Envelope } from "./envelope";
import type { RecordType } from "./ids";
import type { Author } from "./records/author";
import type { Contact } from "./records/contact";
import type { Meeting } from "./records/meeting";
import type { Note } from "./records/note";
import type { Organisation } from "./records/organisation";

export interface DataByType {
  organisation: Organisation;
  contact: Contact;
  meeting: Meeting;
  note: Note;
  author: Author;
}
export type DataOf<T extends RecordType> = DataByType[T];
export type RecordOf<T extends RecordType> = Envelope<T, DataByType[T]>;
export type AnyRecord = { [T in RecordType]: RecordOf<T> }[RecordType];

/**
 * What is stored under an id: a record this version understands, or one of an unknown type or newer version, kept as
 * the JSON text it came as and synced on untouched.
 */
export type Content =
  | { readonly kind: "known"; readonly record: AnyRecord }
  | { readonly kind: "opaque"; readonly id: string; readonly type: string; readonly v: number; readonly json: string };
