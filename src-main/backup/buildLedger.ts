import { randomUUID } from "node:crypto";
import path from "node:path";
import { nodeDisk, type Disk } from "../ledger/format/disk";
import { SealedWriter, type NewSealedFile } from "../ledger/format/writer";
import { packName, snapshotName } from "../ledger/ledgerFiles";
import { SegmentedLedger } from "../ledger/segmentedLedger";
import { copyHistory, copySnapshot } from "./copyLedger";
import { writing } from "./fileFailure";
import type { Job } from "./jobs";
import type { OpenBackup } from "./openBackup";
import { Refused } from "./refused";

/** Where the new ledger is to lie, which is nowhere yet, and whose it is. */
export interface NewLedger {
  readonly folder: string;
  /** The `ledger` key, 32 bytes. */
  readonly key: Buffer;
  readonly notebook: string;
  readonly now: () => Date;
}

/**
 * Writes a backup down as a ledger of its own: another uuid, since what a store knows of the former one's files means
 * nothing here, and the same positions. Then opens it and reads all of it once more. Throws `Refused` or the signal's
 * reason; whoever named the folder removes it.
 */
export async function buildLedger(
  { folder, key, notebook, now }: NewLedger,
  backup: OpenBackup,
  job: Job,
  disk: Disk = nodeDisk,
): Promise<void> {
  const extent = backup.extent;
  const { begin, end, snapshot } = extent;
  const time = (): number => now().getTime();
  // What was restored now is kept for 90 days from now: the instants of its writing are not in a backup.
  const clock = { written: time(), newest: time(), lived: 0 };
  const about = { key, notebook, ledger: randomUUID(), begin, clock };
  await writing(folder, () => disk.makeFolder(folder));
  await writing(folder, () => disk.syncFolder(path.dirname(folder)));
  const write = async (name: string, file: Pick<NewSealedFile, "kind" | "base">, fill: Fill): Promise<void> => {
    const target = path.join(folder, name);
    const writer = await writing(target, () => SealedWriter.create(disk, target, { ...about, ...file }, time));
    try {
      await fill(target, writer);
      await writing(target, () => writer.finish());
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  };
  const work = {
    signal: job.signal,
    onProgress: (done: number) => job.onProgress("restoring", done, 2 * (end - begin)),
  };
  if (snapshot !== null) {
    await write(snapshotName(snapshot), { kind: "snapshot", base: snapshot }, async (target, writer) => {
      readable(await copySnapshot(target, backup, snapshot, writer, { ...work, onProgress: () => undefined }), backup);
    });
  }
  if (end > begin) {
    await write(packName(begin, end), { kind: "pack", base: begin }, async (target, writer) => {
      readable((await copyHistory(target, backup, extent, writer, work)).failure, backup);
    });
  }
  await check({ folder, key, notebook, now }, backup, job);
}

type Fill = (target: string, writer: SealedWriter) => Promise<void>;

/** The file on the stick was changed, or pulled, since it was verified. */
function readable(failure: { readonly kind: string } | null, backup: OpenBackup): void {
  if (failure) throw new Refused({ kind: "damaged", path: backup.path, detail: failure.kind });
}

/** The new ledger opens, stands where the backup does, and every entry of it can be read. */
async function check({ folder, key, notebook, now }: NewLedger, backup: OpenBackup, job: Job): Promise<void> {
  const refused = (detail: string): Refused => new Refused({ kind: "not-written", path: folder, detail });
  const { begin, end, snapshot, entries, snapshotEntries } = backup.extent;
  const opened = await SegmentedLedger.open({ folder, key, notebook, now: () => now().getTime() });
  if (!opened.ok) throw refused(opened.failure.kind);
  const ledger = opened.value;
  try {
    const start = await ledger.start();
    const expected = snapshot === null ? [] : [snapshot];
    if (!start.ok || start.value.begin !== begin || start.value.end !== end) throw refused("positions");
    if (start.value.snapshots.join() !== expected.join()) throw refused("snapshot");
    let found = 0;
    for (let from: number | null = begin; from !== null && from < end;) {
      job.signal.throwIfAborted();
      const page: Awaited<ReturnType<SegmentedLedger["read"]>> = await ledger.read(from);
      if (!page.ok) {
        // What the backup says was lost is lost here too.
        if (page.failure.kind !== "ledger-damaged" || (page.failure.resume ?? 0) <= from)
          throw refused(page.failure.kind);
        from = page.failure.resume ?? null;
        continue;
      }
      found += page.value.entries.length;
      from = page.value.next;
      job.onProgress("restoring", end - begin + ((from ?? end) - begin), 2 * (end - begin));
    }
    if (found !== entries) throw refused("entries");
    let inSnapshot = 0;
    for (let from: number | null = snapshot === null ? null : 0; from !== null;) {
      job.signal.throwIfAborted();
      const page: Awaited<ReturnType<SegmentedLedger["readSnapshot"]>> = await ledger.readSnapshot(snapshot ?? 0, from);
      if (!page.ok) throw refused(page.failure.kind);
      inSnapshot += page.value.entries.length;
      from = page.value.next;
    }
    if (inSnapshot !== snapshotEntries) throw refused("snapshot");
  } finally {
    await ledger.close();
  }
}
