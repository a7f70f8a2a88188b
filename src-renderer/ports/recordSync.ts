import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { QuarantineEntry } from "../domain/syncStatus";
import { recordId } from "./recordId";

/** Where a record is, the note about it included. */
export interface RecordSync {
  /**
   * `shipped`: unchanged as it ships, there is nothing to send. `changed`: on the server as it was before. `gone`: deleted by
   * another program, kept here.
   */
  readonly kind: "shipped" | "only-here" | "changed" | "on-server" | "private" | "set-aside" | "gone";
  /** Why it was set aside. */
  readonly reason: QuarantineEntry["reason"] | null;
  /**
   * When the server got it, or this computer from there, milliseconds since the epoch by this computer's clock; null
   * unless asked for, or where the history here does not reach back so far.
   */
  readonly since: number | null;
}

export const recordSyncRequests = {
  /** Null where there is no such record. `since` has the ledger looked through, which takes a moment. */
  recordSync: {
    args: z.object({ id: recordId, since: z.boolean().default(false) }),
    result: returns<RecordSync | null>(),
  },
} as const;
