import type { LedgerStart } from "../../../src-main/shared/ledger";
import type { LedgerFailure } from "../../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { BackupUnreadable } from "../../ports/backup";
import { ask } from "../replay";
import type { StoredRecord } from "../storedRecord";
import { contentsOfEntry } from "./contentsOfEntry";
import { readEntries, type LedgerClient, type LedgerName } from "./entriesOf";
import { LedgerFold } from "./ledgerFold";
import type { Versions } from "./versions";

export interface ReadingParts {
  readonly ledger: LedgerClient;
  readonly signal: AbortSignal;
  /** How much of this reading is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

export interface BackupContents {
  readonly start: LedgerStart;
  readonly records: ReadonlyMap<string, StoredRecord>;
  readonly notUnderstood: number;
}

/** The records of the backup that main has opened, as they were when it was made. */
export async function readBackup(parts: ReadingParts): Promise<Result<BackupContents, BackupUnreadable>> {
  const start = await startOf("backup", parts);
  if (!start.ok) return unreadable(start.failure);
  const fold = new LedgerFold();
  let notUnderstood = 0;
  const read = await readEntries("state", start.value, {
    ...parts,
    of: "backup",
    each: (entry) => {
      fold.take(entry);
    },
    skipped: () => {
      notUnderstood += 1;
    },
    onProgress: progressIn(start.value, parts),
  });
  if (!read.ok) return unreadable(read.failure);
  return success({ start: start.value, records: fold.records(), notUnderstood });
}

export interface OwnHistory {
  readonly start: LedgerStart;
  /** Which of the given records were removed for good. */
  readonly erased: ReadonlySet<string>;
}

/** Tells `versions` of every version the notebook here had, and finds which of some missing records were removed. */
export async function readOwnHistory(
  versions: Versions,
  missing: ReadonlySet<string>,
  parts: ReadingParts,
): Promise<Result<OwnHistory, LedgerFailure>> {
  const start = await startOf("notebook", parts);
  if (!start.ok) return start;
  const erased = new Set<string>();
  const read = await readEntries("history", start.value, {
    ...parts,
    of: "notebook",
    each: (entry) => {
      for (const content of contentsOfEntry(entry)) versions.had(content);
      if (entry.kind === "erased") for (const id of entry.ids) if (missing.has(id)) erased.add(id);
    },
    onProgress: progressIn(start.value, parts),
  });
  return read.ok ? success({ start: start.value, erased }) : read;
}

/** Tells `versions` of every version the backup's notebook had. */
export async function readBackupHistory(
  versions: Versions,
  start: LedgerStart,
  parts: ReadingParts,
): Promise<Result<null, BackupUnreadable>> {
  const read = await readEntries("history", start, {
    ...parts,
    of: "backup",
    each: (entry) => {
      for (const content of contentsOfEntry(entry)) versions.backupHad(content);
    },
    onProgress: progressIn(start, parts),
  });
  return read.ok ? read : unreadable(read.failure);
}

function startOf(of: LedgerName, { ledger }: ReadingParts): Promise<Result<LedgerStart, LedgerFailure>> {
  return ask(() => ledger.request("start", { of }));
}

function progressIn({ begin, end }: LedgerStart, { onProgress }: ReadingParts): (position: number) => void {
  return (position) => {
    onProgress(end > begin ? Math.min(1, Math.max(0, (position - begin) / (end - begin))) : 1);
  };
}

function unreadable(reason: LedgerFailure): Result<never, BackupUnreadable> {
  return failure({ kind: "backup-unreadable", reason });
}
