import type { LedgerStart } from "../../src-main/shared/ledger";
import type { Applied, RecordStore } from "./recordStore";
import type { SnapshotState } from "./snapshotState";
import { StoreOutdated } from "./storeDamage";

/**
 * How far a store has followed the ledger; undefined for an empty one that is to be filled, `"first"` for one that has
 * nothing to be filled with. Throws `StoreOutdated` where the ledger cannot bring it up to date.
 */
export async function placeOf(store: RecordStore, start: LedgerStart): Promise<Applied | "first" | undefined> {
  const applied = await store.applied();
  if (!applied) {
    if (!(await store.isEmpty())) throw new StoreOutdated("unfinished");
    return isEmptyLedger(start) ? "first" : undefined;
  }
  if (applied.ledger !== start.ledger && !isEmptyLedger(start)) throw new StoreOutdated("other-ledger");
  if (applied.position < start.begin) throw new StoreOutdated("behind");
  return applied;
}

/** Of a ledger that ends earlier, or is another, empty one, nothing after its end has been stored. */
export function withinLedger(applied: Applied, { ledger, end }: LedgerStart): Applied {
  if (applied.ledger === ledger && applied.position <= end) return applied;
  return { ledger, position: end, notesFrom: end };
}

/** So that replaying begins with the first entry that could not be read. */
export function beforeNewer(applied: Applied, { newerFrom = applied.position }: SnapshotState): Applied {
  const { ledger, position, notesFrom } = applied;
  return { ledger, position: Math.min(position, newerFrom), notesFrom: Math.min(notesFrom, newerFrom) };
}

function isEmptyLedger({ end, snapshots }: LedgerStart): boolean {
  return end === 0 && snapshots.length === 0;
}
