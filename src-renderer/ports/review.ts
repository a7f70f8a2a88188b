import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { OpenValue } from "../domain/kept";
import type { RosterRow } from "../domain/rosterRow";

/** A record of which two computers changed the same values apart; the newer edits are shown, the others kept. */
export interface ReviewRecord {
  readonly row: RosterRow;
  readonly values: readonly OpenValue[];
}
export interface ReviewPage {
  /** Records, not only those of this page. */
  readonly total: number;
  /** Last changed first. */
  readonly records: readonly ReviewRecord[];
}

export const reviewRequests = {
  /**
   * Double edits that nobody has decided on, of all records or of one. The edits `switch` and `settle` (domain/edit.ts)
   * are the answers to it.
   */
  review: {
    args: z.object({
      id: z.string().max(300).optional(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    result: returns<ReviewPage>(),
  },
} as const;
