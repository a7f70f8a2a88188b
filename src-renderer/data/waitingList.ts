import { aboutOf, isIdOf, type RecordId } from "../domain/ids";
import type { WaitingRow } from "../ports/notebook";
import type { NotebookState } from "./notebookState";
import type { Roster } from "./roster";
import type { WriteDoor } from "./writeDoor";

export interface WaitingParts {
  readonly door: WriteDoor;
  readonly roster: Roster;
  readonly state: NotebookState;
}

/** Something that the server has not got. */
interface Waiting {
  readonly id: string;
  /** Ascending is newest first. */
  readonly order: number;
  readonly reason: WaitingRow["reason"];
}

/**
 * Everything that only this computer has, and what the server should have no longer, with the reason, newest first; what
 * another client deleted comes last.
 */
export function waitingList(parts: WaitingParts, isConnected: boolean): readonly Waiting[] {
  const { door, roster } = parts;
  const gone = [...roster.entries()].filter((entry) => entry.gone === true);
  return [
    ...toSend(parts, isConnected),
    ...door.waiting.held().map(({ id, order }): Waiting => ({ id, order, reason: privateReason(parts, id) })),
    ...gone.map(({ id }): Waiting => ({ id, order: Number.POSITIVE_INFINITY, reason: "gone" })),
  ].sort((a, b) => a.order - b.order);
}

function privateReason({ door, state }: WaitingParts, id: string): Waiting["reason"] {
  if (!door.waiting.isWithdrawn(id)) return "private";
  return state.quarantine.has(id, "push") ? "set-aside" : "to-withdraw";
}

/** What would go to the server now, or once it takes it, newest first. */
export function toSend({ door, state }: WaitingParts, isConnected: boolean): readonly Waiting[] {
  const reasonOf = (id: string): Waiting["reason"] =>
    state.quarantine.has(id, "push") ? "set-aside" : isConnected ? "queued" : "not-connected";
  const typed = door.notes.unfolded().filter((note) => !door.waiting.has(note) && !door.notes.isPrivate(note));
  return [
    ...typed.map((id) => ({ id, order: 0 })),
    ...[...door.waiting.entries(), ...door.erasures.list()].sort((a, b) => a.order - b.order),
  ].map(({ id, order }) => ({ id, order, reason: reasonOf(id) }));
}

export function waitingRow(roster: Roster, { id, reason }: Waiting): WaitingRow {
  return { row: roster.row(shownAs(id)), id, note: isIdOf("note", id), reason };
}

/** A note is shown as the record it is about. */
export function shownAs(id: string): RecordId {
  return isIdOf("note", id) ? aboutOf(id) : (id as RecordId);
}
