import { z } from "zod";

const schema = z.object({
  /** Characters of the newest snapshot, about what there is; 0: not known. */
  size: z.number(),
  /** The store has what the ledger does not have any more, so that a snapshot is due at once. */
  isAhead: z.boolean(),
  /** When the ledger was last read through for damage, in ms since 1970. */
  checkedAt: z.number().optional(),
});
/** What is remembered about the ledger and its newest snapshot. */
export type SnapshotState = z.infer<typeof schema>;

/** Name of its state row. */
export const SNAPSHOT_STATE = "snapshot";

const unknown: SnapshotState = { size: 0, isAhead: false };

/** From the state row; what cannot be read there is as if it were not. */
export function snapshotStateOf(row: string | undefined): SnapshotState {
  if (row === undefined) return unknown;
  try {
    return schema.safeParse(JSON.parse(row)).data ?? unknown;
  } catch {
    return unknown;
  }
}

export function snapshotStateRow(state: SnapshotState): ReadonlyMap<string, string> {
  return new Map([[SNAPSHOT_STATE, JSON.stringify(state)]]);
}
