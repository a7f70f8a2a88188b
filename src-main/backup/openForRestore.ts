import type { Attempts } from "../keys/attempts";
import type { NotebookKeys } from "../keys/notebookKeys";
import type { PassphraseHash } from "../keys/passphraseHash";
import { dropOpened, openPortable, type OpenedPortable } from "../keys/portableWrap";
import type { SealedFile } from "../ledger/format/sealedFile";
import type { ReadableLedger } from "../ledger/ledger";
import type { BackupFacts } from "../shared/backup";
import type { LedgerFailure } from "../shared/ledgerFailure";
import type { Result } from "../shared/result";
import { BackupFile } from "./backupFile";
import type { Job } from "./jobs";
import { OpenBackup } from "./openBackup";
import { Refused } from "./refused";
import { verifyBackup } from "./verifyBackup";

export interface OpeningParts {
  readonly keys: () => NotebookKeys | null;
  readonly ledger: () => Promise<Result<ReadableLedger, LedgerFailure>>;
  readonly hash: PassphraseHash;
  /** Wrong secrets of backups slow down, like those of the notebook. */
  readonly attempts: Attempts;
  readonly now: () => Date;
}

/** A backup of which every byte was checked. */
export interface OpenedBackup {
  readonly backup: OpenBackup;
  readonly facts: BackupFacts;
  readonly file: BackupFile;
  /** What opened it besides the notebook's own key. */
  readonly opened: OpenedPortable | null;
  /** Lets go of the file and wipes the key. */
  close(): Promise<void>;
}

/**
 * Opens a backup of this notebook, or in an empty app of any, by the notebook's own key, or else by a passphrase or the
 * words of a kit, and verifies all of it. Throws `Refused` or the signal's reason.
 */
export async function openBackup(
  path: string,
  secret: string | null,
  parts: OpeningParts,
  job: Job,
): Promise<OpenedBackup> {
  const keys = parts.keys();
  if (!keys) throw new Refused({ kind: "not-now" });
  const file = await BackupFile.open(path);
  let opened: OpenedPortable | null = null;
  try {
    if (file.header.notebook !== keys.notebook && !(await isEmpty(parts))) {
      throw new Refused({ kind: "other-notebook", path });
    }
    let sealed = await unlockAndWipe(file, keys.derive("backup"));
    if (!sealed) {
      opened = await openBySecret(file, secret, parts);
      sealed = await unlockAndWipe(file, opened.root.derive("backup"));
      if (!sealed) throw new Refused({ kind: "damaged", path, detail: "header" });
    }
    const { size } = sealed;
    const onProgress = (bytes: number): void => job.onProgress("verifying", bytes, size);
    const backup = new OpenBackup(file, sealed, await verifyBackup(sealed, path, { signal: job.signal, onProgress }));
    const kept = opened;
    const close = async (): Promise<void> => {
      if (kept) dropOpened(kept);
      await backup.close();
    };
    return { backup, facts: backup.facts(true), file, opened, close };
  } catch (error) {
    if (opened) dropOpened(opened);
    await file.close();
    throw error;
  }
}

/** Whether nothing was begun in the open notebook; one that cannot be read may hold anything. */
export async function isEmpty({ ledger }: Pick<OpeningParts, "ledger">): Promise<boolean> {
  const opened = await ledger();
  const start = opened.ok ? await opened.value.start() : opened;
  return start.ok && start.value.end === 0 && start.value.snapshots.length === 0;
}

async function unlockAndWipe(file: BackupFile, key: Buffer): Promise<SealedFile | null> {
  try {
    return await file.unlock(key);
  } finally {
    key.fill(0);
  }
}

async function openBySecret(file: BackupFile, secret: string | null, parts: OpeningParts): Promise<OpenedPortable> {
  const { hash, attempts } = parts;
  if (secret === null) throw new Refused({ kind: "needs-secret" });
  if (attempts.waitMs > 0) throw new Refused({ kind: "wrong-secret", waitMs: attempts.waitMs });
  const opened = await openPortable(hash, file.header.notebook, file.clear.wraps, secret);
  if (opened) attempts.right();
  else attempts.wrong(parts.now());
  if (!opened) throw new Refused({ kind: "wrong-secret", waitMs: attempts.waitMs });
  return opened;
}
