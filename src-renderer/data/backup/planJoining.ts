import { success, type Result } from "../../../src-main/shared/result";
import type { LedgerFailure } from "../../../src-main/shared/ledgerFailure";
import type { BackupPreview, BackupUnreadable } from "../../ports/backup";
import { createPace } from "../pace";
import type { Roster } from "../roster";
import { isInBin, type StoredRecord } from "../storedRecord";
import type { WriteDoor } from "../writeDoor";
import { previewOf, type Planned } from "./backupPlan";
import { compareRecords, joinContents, likePresent } from "./compareRecord";
import { readBackup, readBackupHistory, readOwnHistory, type BackupContents, type ReadingParts } from "./readBackup";
import { Versions } from "./versions";

export interface PlanningParts extends ReadingParts {
  readonly door: WriteDoor;
  readonly roster: Roster;
}

export interface Plan {
  readonly records: ReadonlyMap<string, Planned>;
  readonly preview: BackupPreview;
}

/** Records compared in one turn of the door. */
const PART = 500;
/** What each of the steps is of the whole, as it was measured with histories of some years. */
const weights = { state: 0.4, compare: 0.1, own: 0.3, history: 0.2 };

/**
 * Works out what joining the open backup would do. Writes nothing. Rejects when aborted.
 *
 * Whether a record here descends from that of the backup is read off the history of both notebooks, not off a clock:
 * what the backup has is older if it ever was a version here.
 */
export async function planJoining(parts: PlanningParts): Promise<Result<Plan, BackupUnreadable | LedgerFailure>> {
  const step = steps(parts);
  const backup = await readBackup(step("state"));
  if (!backup.ok) return backup;
  const { records, notUnderstood } = backup.value;
  const found = await compare(records, step("compare"), parts);
  const versions = new Versions();
  for (const [id, { present, backup: there }] of [...found.histories, ...found.binned]) {
    versions.add(id, present.content, there.content);
  }
  let erased: (id: string) => boolean = () => false;
  if (versions.size > 0 || found.missing.size > 0) {
    const own = await readOwnHistory(versions, found.missing, step("own"));
    if (!own.ok) return own;
    const isForgotten = isBeforeHistory(backup.value, own.value.start);
    erased = (id) => isForgotten || own.value.erased.has(id);
  }
  if (versions.isOpen) {
    const history = await readBackupHistory(versions, backup.value.start, step("history"));
    if (!history.ok) return history;
  }
  parts.onProgress(1);
  const { planned, same } = decide(records, found, versions, erased);
  return success({ records: planned, preview: previewOf(planned, parts.roster, { same, notUnderstood }) });
}

interface Pair {
  readonly present: StoredRecord;
  readonly backup: StoredRecord;
}

/** What is left to be decided by the histories. */
interface Compared {
  readonly same: ReadonlySet<string>;
  readonly stays: ReadonlySet<string>;
  readonly joined: ReadonlySet<string>;
  readonly histories: ReadonlyMap<string, Pair>;
  readonly binned: ReadonlyMap<string, Pair>;
  readonly missing: ReadonlySet<string>;
}

async function compare(
  records: BackupContents["records"],
  { onProgress, signal }: ReadingParts,
  { door }: PlanningParts,
): Promise<Compared> {
  const [same, stays, joined, missing] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const [histories, binned] = [new Map<string, Pair>(), new Map<string, Pair>()];
  const ids = [...records.keys()];
  const pace = createPace();
  for (let from = 0; from < ids.length; from += PART) {
    onProgress(from / ids.length);
    const part = ids.slice(from, from + PART);
    const here = await door.run((turn) => turn.load(part));
    for (const id of part) {
      const [present, backup] = [here.get(id), records.get(id)];
      if (!backup) continue;
      if (!present) missing.add(id);
      else {
        const pair = { present, backup };
        switch (compareRecords(present, backup)) {
          case "same":
            same.add(id);
            break;
          case "stays":
            stays.add(id);
            break;
          case "joined":
            joined.add(id);
            break;
          case "histories":
            histories.set(id, pair);
            break;
          case "binned":
            binned.set(id, pair);
            break;
        }
      }
      await pace();
    }
    signal.throwIfAborted();
  }
  return { same, stays, joined, histories, binned, missing };
}

function decide(
  records: BackupContents["records"],
  found: Compared,
  versions: Versions,
  erased: (id: string) => boolean,
): { readonly planned: ReadonlyMap<string, Planned>; readonly same: number } {
  const planned = new Map<string, Planned>();
  let same = found.same.size;
  for (const [id, backup] of records) {
    if (found.same.has(id)) continue;
    const kinship = versions.of(id);
    const base = kinship.kind === "apart" ? kinship.base : undefined;
    const plan = (fate: Planned["fate"], away?: Planned["away"]): void => {
      planned.set(id, { backup, fate, away, isOlder: kinship.kind === "older", base });
    };
    const pair = found.histories.get(id);
    if (found.missing.has(id)) {
      // What was in the bin then and has been emptied from it since is what the person wanted gone.
      if (!erased(id)) plan("back");
      else if (isInBin(backup)) same += 1;
      else plan("away", "erased");
    } else if (found.binned.has(id)) plan("away", "bin");
    else if (found.joined.has(id)) plan("joined");
    else if (pair && kinship.kind === "apart") {
      const { content } = pair.present;
      plan(joinContents(base, content, likePresent(pair.present, backup)) === content ? "stays" : "joined");
    } else plan("stays");
  }
  return { planned, same };
}

/**
 * Whether what became of the backup's records is no longer told by the history here: the same ledger, of which
 * everything up to the backup has been dropped since. A record that is missing then was here and has been removed.
 */
function isBeforeHistory({ start }: BackupContents, own: BackupContents["start"]): boolean {
  return own.begin > 0 && start.ledger === own.ledger && start.end <= own.begin;
}

/** The parts of each step, with its share of the progress. */
function steps(parts: PlanningParts): (name: keyof typeof weights) => ReadingParts {
  const { ledger, signal, onProgress } = parts;
  return (name) => {
    let before = 0;
    for (const [each, weight] of Object.entries(weights)) {
      if (each === name) break;
      before += weight;
    }
    return {
      ledger,
      signal,
      onProgress: (done) => {
        onProgress(before + done * weights[name]);
      },
    };
  };
}
