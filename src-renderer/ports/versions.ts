import { z } from "zod";
import { returns } from "../../src-main/shared/rpc";
import type { Result } from "../../src-main/shared/result";
import type { Difference } from "../domain/differences";
import type { Stamp } from "../domain/envelope";
import type { AuthorId } from "../domain/ids";
import type { NoteChange, NoteVersion } from "../domain/noteVersions";
import type { AnyRecord } from "../domain/record";
import type { SaveFailure } from "../domain/saveFailure";
import type { TextPart } from "../domain/textDiff";
import type { RecordVersion } from "../domain/versions";
import { recordId } from "./recordId";

/** A version of a record or of the note about it. */
export interface VersionRow {
  readonly key: string;
  readonly of: "record" | "note";
  readonly kind: RecordVersion["kind"] | NoteVersion["kind"];
  /** ISO instant, by the clock of whoever made it; null where nobody said. */
  readonly at: string | null;
  readonly author: AuthorId | null;
  readonly device: string | null;
  /** Made on this computer. */
  readonly here: boolean;
  /** When it came from another computer, in ms since the epoch; null for one made here, and where it is not known. */
  readonly arrivedAt: number | null;
  /** Names of the fields that changed. */
  readonly fields: readonly string[];
  /** The first few of the differences, long texts cut. */
  readonly differences: readonly Difference[];
  /** Of a note; null where the text is not known any more. */
  readonly change: NoteChange | null;
}
export interface VersionList {
  /** Newest first, in the order in which they took effect on this computer. */
  readonly versions: readonly VersionRow[];
  /** False where older history was dropped or a part of it cannot be read; `since` then says what it begins with. */
  readonly complete: boolean;
  /** ISO instant. */
  readonly since: string | null;
}
/** Whether a version can be restored: `same`, it is what is there now; `read-only`, what is there is not to be changed. */
export type Restorable = "yes" | "same" | "read-only";
/** One of the two versions that a merge joined. */
export interface MergeSide {
  readonly by: Stamp;
  /** ISO instant. */
  readonly at: string;
  readonly restorable: Restorable;
}
export type SideName = "mine" | "theirs";
export type VersionView =
  | {
      readonly kind: "record";
      /** As it was. */
      readonly record: AnyRecord;
      readonly differences: readonly Difference[];
      readonly restorable: Restorable;
      /** What a merge made on this computer joined; null for everything else, and where one side is not known. */
      readonly sides: Readonly<Record<SideName, MergeSide>> | null;
    }
  | { readonly kind: "note"; readonly parts: readonly TextPart[]; readonly restorable: Restorable }
  /** `dropped`: what the text was made of is no longer kept. */
  | { readonly kind: "unreadable"; readonly reason: "newer" | "dropped" };

export const versionRequests = {
  /**
   * The versions of a record and of the note about it, read from the ledger; `versionsProgress` tells how far that is.
   * Aborting the request gives it up.
   */
  versions: { args: z.object({ id: recordId }), result: returns<Result<VersionList, SaveFailure>>() },
  /** One version: what it changed, or what has changed since (`now`), the older side first. */
  version: {
    args: z.object({ id: recordId, key: z.string().max(100), against: z.enum(["before", "now"]) }),
    result: returns<Result<VersionView, SaveFailure>>(),
  },
  /**
   * Gives the record or its note the values of a version: an edit like any other and one step of Undo. A record in the
   * bin comes out of it. An `invalid` failure names the field whose value no longer fits. With a `side` of a merge it is
   * what that one was before they were joined; the values that the merge had set aside are then decided on.
   */
  restoreVersion: {
    args: z.object({ id: recordId, key: z.string().max(100), side: z.enum(["mine", "theirs"]).optional() }),
    result: returns<Result<null, SaveFailure>>(),
  },
} as const;

export const versionEvents = {
  /** How far the reading of versions is, in parts of the whole from 0 to 1. */
  versionsProgress: z.object({ id: z.string(), done: z.number() }),
} as const;
