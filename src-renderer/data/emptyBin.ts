import { success, type Result } from "../../src-main/shared/result";
import { isShippedId, noteIdOf, type RecordId } from "../domain/ids";
import type { SaveFailure } from "../domain/saveFailure";
import type { Clock } from "./clock";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import type { WriteDoor } from "./writeDoor";

/** Records erased in one turn of the door, so that others get theirs in between. */
const PART = 500;

export interface BinParts {
  readonly door: WriteDoor;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly clock: Clock;
}

/**
 * Erases records that are in the bin (all of them for null), with the notes about them; `onErased` hears of every part.
 * A shipped record stays hidden instead: erasing the change that hides it would bring it back. What is no longer in the
 * bin by the time of its turn stays as well.
 */
export async function emptyBin(
  { door, store, roster, clock }: BinParts,
  ids: readonly RecordId[] | null,
  onErased: (ids: readonly string[]) => void,
): Promise<Result<{ readonly erased: number }, SaveFailure>> {
  const wanted = [...new Set<string>(ids ?? roster.inBin().map(({ id }) => id))].filter((id) => !isShippedId(id));
  let erased = 0;
  for (let from = 0; from < wanted.length; from += PART) {
    const part = wanted.slice(from, from + PART) as RecordId[];
    await store.room();
    const saved = await door.save(async (turn) => {
      await turn.fold(part.map(noteIdOf));
      const still = part.filter((id) => roster.isInBin(id));
      if (still.length === 0) return success(null);
      const gone = [...still, ...still.map(noteIdOf).filter((note) => roster.knows(note))];
      const committed = await turn.commit([{ kind: "erased", ids: gone, at: new Date(clock.now()).toISOString() }]);
      if (committed.ok) {
        erased += still.length;
        onErased(gone);
      }
      return committed;
    });
    if (!saved.ok) return saved;
  }
  return success({ erased });
}
