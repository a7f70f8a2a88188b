import { z } from "zod";
import { isShippedId } from "../domain/ids";
import { createPace } from "./pace";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import { keysOf, type RosterEntry } from "./rosterEntry";

/**
 * The roster as it was at a position of the ledger, in a few state rows. What changed after that position is read
 * again at start, so a snapshot may be older than the store and hold entries that are newer than its position.
 *
 * Changes to shipped records are only named in it and read again: what they come to depends on the list that ships with
 * the app that starts next. They are few, and there is no version or hash of the list that could be forgotten.
 */

/** Raised when entries are made otherwise than before; an older snapshot is then not used. */
const FORMAT = 4;
const ENTRIES_PER_ROW = 400;

const HEAD = "roster";
const head = z.object({
  format: z.literal(FORMAT),
  position: z.number(),
  rows: z.number(),
  overlays: z.array(z.string()),
});
type Head = z.infer<typeof head>;

function rowName(index: number): string {
  return `roster-${index}`;
}

/** The state rows of a snapshot; they must be stored in one batch. Pauses, so changes may come in between. */
export async function snapshotOf(roster: Roster, position: number): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  const pace = createPace();
  let texts: string[] = [];
  let rows = 0;
  const closeRow = (): void => {
    if (texts.length > 0) states.set(rowName(rows++), `[${texts.join(",")}]`);
    texts = [];
  };
  const overlays: string[] = [];
  for (const entry of [...roster.entries()]) {
    if (isShippedId(entry.id)) {
      overlays.push(entry.id);
      continue;
    }
    keysOf(entry);
    texts.push(JSON.stringify(entry));
    if (texts.length === ENTRIES_PER_ROW) closeRow();
    await pace();
  }
  closeRow();
  const made: Head = { format: FORMAT, position, rows, overlays };
  states.set(HEAD, JSON.stringify(made));
  return states;
}

/** The state rows of none: what is stored of an earlier one is not used any more. */
export const noSnapshot: ReadonlyMap<string, string> = new Map([[HEAD, "null"]]);

export interface Snapshot {
  readonly position: number;
  /** Ids of the changes to shipped records as of then; the roster has not got them. */
  readonly overlays: readonly string[];
}

/** Fills the roster from the stored snapshot; undefined (and an unchanged roster) if none is usable. */
export async function restoreSnapshot(store: RecordStore, roster: Roster): Promise<Snapshot | undefined> {
  const stored = head.safeParse(parse((await store.states([HEAD])).get(HEAD)));
  if (!stored.success) return undefined;
  const { position, rows, overlays } = stored.data;
  const names = Array.from({ length: rows }, (_, index) => rowName(index));
  const texts = await store.states(names);
  const pace = createPace();
  const entries: RosterEntry[] = [];
  for (const name of names) {
    const part = parse(texts.get(name));
    if (!Array.isArray(part)) return undefined;
    // Written by ourselves and sealed: taken as it is, since parsing every field would cost the start its speed.
    entries.push(...(part as RosterEntry[]));
    await pace();
  }
  for (const entry of entries) {
    roster.restore(entry);
    await pace();
  }
  return { position, overlays };
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
