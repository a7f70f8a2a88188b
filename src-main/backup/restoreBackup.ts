import type { Adoption, ToAdopt } from "../keys/keyHolder";
import type { ReadableLedger } from "../ledger/ledger";
import type { Log } from "../log/log";
import type { BackupFailure } from "../shared/backup";
import type { KeysFailure } from "../shared/keys";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import { buildLedger } from "./buildLedger";
import type { Job } from "./jobs";
import { isEmpty, type OpenedBackup } from "./openForRestore";

export interface RestoreParts {
  readonly ledger: () => Promise<Result<ReadableLedger, LedgerFailure>>;
  readonly adopt: (backup: ToAdopt) => Promise<Result<Adoption, KeysFailure>>;
  readonly switchOver: <Value>(finish: () => Promise<Value>) => Promise<Value>;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Makes a verified backup the notebook of an app in which nothing was begun. All of it is written into a new ledger
 * beside the empty one and read again; then the keyring names the new one in a single step. Killed before that step the
 * app is still empty, and the keyring has what was written removed at the next start; after it, all is restored.
 */
export async function restoreBackup(
  { backup, file, opened }: OpenedBackup,
  { ledger, adopt, switchOver, now, log }: RestoreParts,
  job: Job,
): Promise<Result<null, BackupFailure>> {
  if (!(await isEmpty({ ledger }))) return failure({ kind: "not-empty" });
  const adopting = await adopt({ notebook: file.header.notebook, portable: file.clear.wraps, opened });
  if (!adopting.ok) return failure(notAdopted(adopting.failure, file.path));
  const adoption = adopting.value;
  const step = { adopted: false };
  try {
    const { ledgerFolder, notebook } = adoption.keys;
    const key = adoption.keys.derive("ledger");
    await buildLedger({ folder: ledgerFolder, key, notebook, now }, backup, job).finally(() => key.fill(0));
    job.signal.throwIfAborted();
    const switched = await switchOver(async (): Promise<Result<null, BackupFailure>> => {
      // What was begun while the backup was being written down stays.
      if (!(await isEmpty({ ledger }))) return failure({ kind: "not-empty" });
      const finished = await adoption.finish();
      step.adopted = finished.ok;
      return finished.ok ? success(null) : failure(notAdopted(finished.failure, file.path));
    });
    log.info("backup restored", { restored: switched.ok });
    return switched;
  } finally {
    if (!step.adopted) await adoption.abandon();
  }
}

/** What the keyring could not do. */
function notAdopted(reason: KeysFailure, path: string): BackupFailure {
  if (reason.kind !== "settings-not-saved") return { kind: "not-now" };
  const { detail } = reason;
  return detail === "ENOSPC" || detail === "EDQUOT"
    ? { kind: "disk-full", path }
    : { kind: "not-written", path, detail };
}
