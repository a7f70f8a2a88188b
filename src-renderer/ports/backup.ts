import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import type { Result } from "../../src-main/shared/result";
import type { RosterRow } from "../domain/rosterRow";
import type { SaveFailure } from "../domain/saveFailure";

/**
 * What joining a backup would do with a record of it: `back`, it is not here; `joined`, it was changed apart from the one
 * here, and both are merged; `away`, it was put into the bin or removed for good since and comes back only if asked for;
 * `stays`, the one here is newer, or cannot be read by this version.
 */
export type BackupFate = "back" | "joined" | "away" | "stays";
export interface BackupRow {
  readonly id: string;
  /** The record, or for a note the one it is about; null for what this version cannot show. */
  readonly row: RosterRow | null;
  /** It is the note about the record. */
  readonly note: boolean;
  /** Of one that is `away`: where it went. */
  readonly away?: "bin" | "erased" | undefined;
}
export interface BackupPart {
  readonly total: number;
  /** Types of records, notes apart, and how many of each. */
  readonly byType: Readonly<Record<string, number>>;
  /** The first 200. */
  readonly rows: readonly BackupRow[];
}
export interface BackupPreview {
  readonly parts: Readonly<Record<BackupFate, BackupPart>>;
  /** Records that are the same here. */
  readonly same: number;
  /** Entries of the backup that a newer version wrote; they stay in it and are not joined. */
  readonly notUnderstood: number;
}
/** The backup cannot be read to its end; nothing of it is used. */
export interface BackupUnreadable {
  readonly kind: "backup-unreadable";
  readonly reason: LedgerFailure;
}
export interface BackupJoined {
  readonly added: number;
  readonly joined: number;
  readonly broughtBack: number;
}

export const backupRequests = {
  /**
   * Compares the backup that main has opened with the notebook and changes nothing; `backupProgress` tells how far it
   * is. Aborting the request gives it up.
   */
  backupPreview: {
    args: z.object({}),
    result: returns<Result<BackupPreview, BackupUnreadable | SaveFailure>>(),
  },
  /**
   * Joins what was previewed, as one step of Undo; nothing newer is overwritten, also where the notebook has changed
   * since the preview. `bringBack`: also what is in the bin or was removed since. Notes are not part of the step.
   */
  backupJoin: {
    args: z.object({ bringBack: z.boolean() }),
    result: returns<Result<BackupJoined, SaveFailure | { readonly kind: "no-preview" }>>(),
  },
  /** Forgets the preview. */
  backupLeave: { args: z.object({}), result: returns<null>() },
} as const;

export const backupEvents = {
  /** How far a preview is, in parts of the whole from 0 to 1. */
  backupProgress: z.object({ done: z.number() }),
} as const;
