/**
 * What the store keeps under one id. Everything that says something about people or work is inside `sealed`; the rest
 * is what an index or the sync needs to see.
 */
export interface Row {
  readonly id: string;
  /** Type of a record, or one of `sideTypes` and `STATE` for rows that are no records. */
  readonly type: string;
  readonly v: number;
  /** 0: alive. 1: in the bin. 2: the server says it is gone; a mark of this computer alone, never pushed. */
  readonly bin: 0 | 1 | 2;
  /** Ascending is the order wanted on screen; 0 to MAX_ORDER. */
  readonly order: number;
  /** The server's revision when this row was written; empty if the server never had it. */
  readonly rev: string;
  readonly sealed: string;
}

/**
 * Types of the side row `sync:<id>`. The type says the state, so that the one index finds all records that wait:
 * `sync-waiting` is changed here since `rev`, `sync-held` the same but private or edited under another client's
 * tombstone, `sync-known` is clean with a newer `rev` than the record's own. `sealed` holds the base of a changed record, or nothing. `sync-erased` stands without a
 * record: it was erased here, and the server's `rev` is still to be deleted.
 */
export const sideTypes = ["sync-waiting", "sync-held", "sync-known", "sync-erased"] as const;
export type SideType = (typeof sideTypes)[number];

/** Rows about the notebook as a whole: `state:<name>`. */
export const STATE = "state";

export function sideIdOf(id: string): string {
  return `sync:${id}`;
}

export function recordIdOfSide(sideId: string): string {
  return sideId.slice("sync:".length);
}

export function stateIdOf(name: string): string {
  return `state:${name}`;
}

/** Ids longer than this are not stored; an id of ours has at most about 60 characters. */
export const MAX_ID_LENGTH = 240;

/** Types that no record may have, since the store's own rows have them. */
export function isReservedType(type: string): boolean {
  return type === STATE || type === "sync" || sideTypes.some((side) => side === type);
}
