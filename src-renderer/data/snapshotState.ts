import { z } from "zod";
import { readableEntries } from "./readEntry";

const schema = z.object({
  /** Characters of the newest snapshot, about what there is; 0: not known. */
  size: z.number(),
  /** The store has what the ledger does not have any more, so that a snapshot is due at once. */
  isAhead: z.boolean(),
  /** When the ledger was last read through for damage, in ms since 1970. */
  checkedAt: z.number().optional(),
  /** Which entries the version that kept this store can read: `readableEntries` of it. */
  reads: z.array(z.string()),
  /**
   * The position before the first entry that a newer version wrote and that is not in the store. A snapshot would stand
   * for it and lack it, so none is written until a version reads it.
   */
  newerFrom: z.number().optional(),
});
/** What is remembered about the ledger and its newest snapshot. */
export type SnapshotState = z.infer<typeof schema>;

/** Name of its state row. */
export const SNAPSHOT_STATE = "snapshot";

export const newSnapshotState: SnapshotState = { size: 0, isAhead: false, reads: [...readableEntries] };

/** From the state row; what cannot be read there is as if it were not. */
export function snapshotStateOf(row: string | undefined): SnapshotState {
  if (row === undefined) return newSnapshotState;
  try {
    return schema.safeParse(JSON.parse(row)).data ?? newSnapshotState;
  } catch {
    return newSnapshotState;
  }
}

export function snapshotStateRow(state: SnapshotState): ReadonlyMap<string, string> {
  return new Map([[SNAPSHOT_STATE, JSON.stringify(state)]]);
}

/** Whether this version may read what the one that kept the store had to leave out. */
export function readsMore({ reads, newerFrom }: SnapshotState): boolean {
  return newerFrom !== undefined && readableEntries.some((each) => !reads.includes(each));
}

/**
 * As this version goes on with a store that has the ledger up to `position`. After a newer version the store may have
 * what this one cannot name, and would leave out of a snapshot.
 */
export function takenOver(state: SnapshotState, position: number): SnapshotState {
  const wasNewer = state.reads.some((each) => !readableEntries.includes(each));
  const newerFrom = state.newerFrom ?? (wasNewer ? position : undefined);
  return { ...state, reads: [...readableEntries], ...(newerFrom === undefined ? {} : { newerFrom }) };
}
