import { aboutOf, isIdOf, recordTypes, type RecordId } from "../../domain/ids";

/** The record that an id of the sync is about, a note's own one included; none for an id that is not of a known form. */
export function subjectOf(id: string): RecordId | undefined {
  if (isIdOf("note", id)) return subjectOf(aboutOf(id));
  const isKnown = recordTypes.some((type) => isIdOf(type, id));
  return isKnown ? (id as RecordId) : undefined;
}
