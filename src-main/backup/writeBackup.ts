import { nodeDisk, type Disk } from "../ledger/format/disk";
import { SealedWriter } from "../ledger/format/writer";
import type { LedgerState, ReadableLedger } from "../ledger/ledger";
import { syncFolder } from "../files/syncFolder";
import { errorCode } from "../files/errorCode";
import type { LedgerFailure } from "../shared/ledgerFailure";
import type { Result } from "../shared/result";
import { clearBytes, type ClearFacts, type SealedFacts } from "./backupFacts";
import { copyHistory, copySnapshot, type Extent, type Work } from "./copyLedger";
import { writing } from "./fileFailure";
import { Refused } from "./refused";

export interface BackupContent {
  readonly ledger: ReadableLedger;
  readonly notebook: string;
  /** 32 bytes, of the purpose `backup`. */
  readonly key: Buffer;
  readonly clear: ClearFacts;
  readonly app: string;
  readonly now: () => Date;
}

/** How often reading begins anew because the ledger has packed or dropped meanwhile what was being read. */
const attempts = 4;

/**
 * Writes a backup under `file`, which did not exist, and brings it to the disk: everything up to where the ledger ends
 * now, however much is appended meanwhile. Answers whether nothing of the ledger was damaged. Throws `Refused`, or the
 * signal's reason, and then leaves nothing behind that the disk allows to be removed.
 */
export async function writeBackup(
  file: string,
  content: BackupContent,
  work: Work,
  disk: Disk = stickDisk,
): Promise<{ readonly whole: boolean }> {
  const unreadable = new Set<number>();
  let start = await asked(file, content.ledger.start());
  for (let attempt = 1; ; attempt++) {
    const snapshot = start.snapshots.findLast((position) => !unreadable.has(position)) ?? null;
    if (snapshot === null && start.begin > 0) throw unavailable(file, "ledger-damaged");
    const written = await writeOnce(file, content, { ...start, snapshot }, work, disk);
    if (written.kind === "written") return { whole: written.whole && unreadable.size === 0 };
    if (attempt === attempts) throw unavailable(file, written.failure.kind);
    const now = await asked(file, content.ledger.start());
    if (sameParts(start, now) && snapshot !== null) unreadable.add(snapshot);
    start = now;
  }
}

type Written =
  { readonly kind: "written"; readonly whole: boolean } | { readonly kind: "again"; readonly failure: LedgerFailure };

async function writeOnce(
  file: string,
  content: BackupContent,
  extent: Extent & { readonly ledger: string },
  work: Work,
  disk: Disk,
): Promise<Written> {
  const { notebook, key, clear, app, now } = content;
  const { ledger, begin, end, snapshot } = extent;
  const at = now();
  const clock = { written: at.getTime(), newest: at.getTime(), lived: 0 };
  const header = {
    kind: "backup",
    key,
    notebook,
    ledger,
    base: begin,
    begin,
    clear: clearBytes(clear),
    clock,
  } as const;
  const writer = await writing(file, () => SealedWriter.create(disk, file, header, () => now().getTime()));
  let finished = false;
  try {
    const facts: SealedFacts = { app, madeAt: at.toISOString(), end, snapshot };
    await writing(file, () => writer.addFacts(facts));
    if (snapshot !== null) {
      const failed = await copySnapshot(file, content.ledger, snapshot, writer, work);
      if (failed) return { kind: "again", failure: failed };
    }
    const { whole, failure } = await copyHistory(file, content.ledger, extent, writer, work);
    if (failure) return { kind: "again", failure };
    await writing(file, () => writer.finish());
    finished = true;
    return { kind: "written", whole };
  } finally {
    if (!finished) await writer.abandon();
  }
}

function sameParts(a: LedgerState, b: LedgerState): boolean {
  return a.ledger === b.ledger && a.begin === b.begin && a.snapshots.join() === b.snapshots.join();
}

async function asked<Value>(file: string, answer: Promise<Result<Value, LedgerFailure>>): Promise<Value> {
  const result = await answer;
  if (result.ok) return result.value;
  throw unavailable(file, result.failure.kind);
}

/** The notebook itself cannot be read, so there is nothing to write. */
function unavailable(file: string, detail: string): Refused {
  return new Refused({ kind: "not-written", path: file, detail });
}

/** Some file systems of sticks and networks cannot bring a folder to the disk by itself, and say so. */
const cannotSync = new Set(["EINVAL", "ENOTSUP", "EPERM", "EISDIR", "ENOSYS"]);

/** Of a folder that a person chose, on whatever it may lie. */
export const stickDisk: Disk = {
  ...nodeDisk,
  syncFolder: async (folder) => {
    await syncFolder(folder).catch((error: unknown) => {
      if (!cannotSync.has(errorCode(error))) throw error;
    });
  },
};
