import { z } from "zod";
import { isShippedId, type RecordId } from "../domain/ids";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import type { WaitingRecords } from "./waitingRecords";

/** How long what was deleted can be restored, in ms. */
const KEPT = 90 * 24 * 60 * 60 * 1000;
/**
 * The most that one look adds to the age of what is in the bin, in ms. The server's clock may be wrong too: one leap of
 * it must not empty the bin.
 */
const MOST = 14 * 24 * 60 * 60 * 1000;

const BIN_STATE = "bin-age";

const schema = z.object({
  /** The server's clock at the last look, in ms since 1970; null before the first. */
  last: z.number().nullable(),
  /** Time that has passed on the server between looks, in ms. */
  lived: z.number(),
  /** What `lived` was when a record was first seen in the bin. */
  seen: z.record(z.string(), z.number()),
});
type BinState = z.infer<typeof schema>;

export interface BinAgeParts {
  readonly roster: Roster;
  readonly store: Pick<RecordStore, "states">;
  readonly waiting: Pick<WaitingRecords, "has">;
  /** Keeps state rows. */
  readonly keep: (states: ReadonlyMap<string, string>) => void;
}

/**
 * How long records have been in the bin, by the server's clock and never by this computer's. A computer counts from when
 * it has first seen the record there, with the deletion on the server, so that what was deleted long ago on a computer
 * that was away can still be restored. What is counted here is lost with the store; then it begins anew.
 */
export class BinAge {
  private state: BinState | undefined;

  constructor(private readonly parts: BinAgeParts) {}

  /** Looks at the bin at a time of the server's (ms since 1970); the answer are ids of records that were there long enough. */
  async look(serverTime: number): Promise<readonly RecordId[]> {
    const { roster, store, waiting, keep } = this.parts;
    const before = this.state ?? stateOf((await store.states([BIN_STATE])).get(BIN_STATE));
    const passed = before.last === null ? 0 : Math.min(MOST, Math.max(0, serverTime - before.last));
    const lived = before.lived + passed;
    const seen: Record<string, number> = {};
    const over: RecordId[] = [];
    for (const { id } of roster.inBin()) {
      if (isShippedId(id) || waiting.has(id)) continue;
      const since = before.seen[id] ?? lived;
      seen[id] = since;
      if (lived - since >= KEPT) over.push(id as RecordId);
    }
    this.state = { last: serverTime, lived, seen };
    keep(new Map([[BIN_STATE, JSON.stringify(this.state)]]));
    return over;
  }
}

function stateOf(row: string | undefined): BinState {
  const none: BinState = { last: null, lived: 0, seen: {} };
  if (row === undefined) return none;
  try {
    return schema.safeParse(JSON.parse(row)).data ?? none;
  } catch {
    return none;
  }
}
