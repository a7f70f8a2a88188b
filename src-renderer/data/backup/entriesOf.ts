import type { Client } from "../../../src-main/shared/rpc";
import type { LedgerContract, LedgerStart } from "../../../src-main/shared/ledger";
import type { LedgerFailure } from "../../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../../src-main/shared/result";
import type { LedgerEntry } from "../ledgerEntries";
import { readEntry } from "../readEntry";
import { createPace } from "../pace";
import { ask } from "../replay";

export type LedgerClient = Pick<Client<LedgerContract>, "request">;
/** The notebook's own ledger, or that of the backup that main has opened. */
export type LedgerName = "notebook" | "backup";

export interface EntriesParts {
  readonly ledger: LedgerClient;
  readonly of: LedgerName;
  readonly each: (entry: LedgerEntry) => void;
  /** An entry of a newer version, or one that cannot be read. */
  readonly skipped?: () => void;
  /** Positions of the ledger, between its beginning and its end. */
  readonly onProgress: (position: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads what a ledger holds. `state`: its newest snapshot and what follows, from which the final state is made.
 * `history`: every kept snapshot's contents and all kept entries, oldest first, in which the versions are that records
 * had. Damage ends the reading of a backup, since nothing of a damaged one is used; in the notebook's own ledger it goes
 * on with the next whole entry. Rejects when aborted.
 */
export async function readEntries(
  what: "state" | "history",
  start: LedgerStart,
  parts: EntriesParts,
): Promise<Result<null, LedgerFailure>> {
  const newest = start.snapshots.at(-1);
  const snapshots = what === "history" ? start.snapshots : newest === undefined ? [] : [newest];
  for (const position of snapshots) {
    const read = await readSnapshot(position, parts);
    if (!read.ok) return read;
  }
  return readTail(what === "history" ? start.begin : (newest ?? start.begin), parts);
}

async function readSnapshot(position: number, parts: EntriesParts): Promise<Result<null, LedgerFailure>> {
  const { ledger, of, signal } = parts;
  for (let from: number | null = 0; from !== null;) {
    signal.throwIfAborted();
    const at: number = from;
    const page = await ask(() => ledger.request("readSnapshot", { of, position, from: at }));
    if (!page.ok) return page;
    await take(page.value.entries, parts);
    from = page.value.next;
  }
  return success(null);
}

async function readTail(from: number, parts: EntriesParts): Promise<Result<null, LedgerFailure>> {
  const { ledger, of, signal, onProgress } = parts;
  for (let next: number | null = from; next !== null;) {
    signal.throwIfAborted();
    const at: number = next;
    onProgress(at);
    const page = await ask(() => ledger.request("read", { of, from: at }));
    if (page.ok) {
      await take(
        page.value.entries.map(({ entry }) => entry),
        parts,
      );
      next = page.value.next;
    } else if (of === "notebook" && page.failure.kind === "ledger-damaged" && (page.failure.resume ?? 0) > at) {
      next = page.failure.resume ?? null;
    } else return page;
  }
  return success(null);
}

async function take(texts: readonly string[], { each, skipped, signal }: EntriesParts): Promise<void> {
  const pace = createPace();
  for (const text of texts) {
    const read = await readEntry(text);
    if (read.kind === "entry") each(read.entry);
    else skipped?.();
    await pace();
    signal.throwIfAborted();
  }
}
