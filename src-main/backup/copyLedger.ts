import { rawEntry, stepOf } from "../ledger/format/payload";
import type { SealedWriter } from "../ledger/format/writer";
import type { ReadableLedger } from "../ledger/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { writing } from "./fileFailure";

/** Positions between which history is copied, and that of the snapshot that goes with it. */
export interface Extent {
  readonly begin: number;
  readonly end: number;
  readonly snapshot: number | null;
}

export interface Work {
  readonly signal: AbortSignal;
  /** `total` 0 while it is not known. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Copies a snapshot; why the ledger could not give it, or null. */
export async function copySnapshot(
  file: string,
  ledger: ReadableLedger,
  position: number,
  writer: SealedWriter,
  { signal, onProgress }: Work,
): Promise<LedgerFailure | null> {
  let done = 0;
  for (let from: number | null = 0; from !== null;) {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<ReadableLedger["readSnapshot"]>> = await ledger.readSnapshot(position, from);
    if (!page.ok) return page.failure;
    const { entries, next } = page.value;
    await writing(file, () => writer.addSnapshotEntries(entries));
    done += entries.length;
    onProgress(done, 0);
    from = next;
  }
  return null;
}

/**
 * Copies the history between `begin` and `end` with its positions. What was lost in the ledger is left out, so that all
 * around it is kept; `whole` tells whether anything was.
 */
export async function copyHistory(
  file: string,
  ledger: ReadableLedger,
  { begin, end }: Extent,
  writer: SealedWriter,
  { signal, onProgress }: Work,
): Promise<{ readonly whole: boolean; readonly failure: LedgerFailure | null }> {
  let whole = true;
  let from = begin;
  while (from < end) {
    signal.throwIfAborted();
    const page = await ledger.read(from);
    if (!page.ok) {
      const { failure } = page;
      if (failure.kind !== "ledger-damaged" || failure.resume === undefined || failure.resume <= from) {
        return { whole: false, failure };
      }
      whole = false;
      from = Math.min(failure.resume, end);
      continue;
    }
    for (const { entry, position } of page.value.entries) {
      if (position > end) break;
      const raw = rawEntry(entry);
      const before = position - stepOf(raw);
      if (before > writer.position) await writing(file, () => writer.skipTo(before));
      await writing(file, () => writer.addRaw("entries", [raw]));
    }
    from = page.value.next ?? end;
    onProgress(Math.min(from, end) - begin, end - begin);
  }
  if (writer.position < end) await writing(file, () => writer.skipTo(end));
  return { whole, failure: null };
}
