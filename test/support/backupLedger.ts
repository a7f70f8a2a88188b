import type { LedgerStart } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { BackupJoining } from "../../src-renderer/data/backup/backupJoining";
import type { LedgerClient } from "../../src-renderer/data/backup/entriesOf";
import type { LedgerEntry } from "../../src-renderer/data/ledgerEntries";
import { entryText } from "../../src-renderer/data/ledgerEntries";
import type { BackupJoined, BackupPreview } from "../../src-renderer/ports/backup";
import { MemoryLedger } from "./memoryLedger";
import type { Device } from "./notebookDevice";

/** What a backup holds: entries of history, and perhaps a snapshot of everything up to a position. */
export interface Backup {
  readonly entries: readonly { readonly entry: string; readonly position: number }[];
  readonly snapshot?: { readonly position: number; readonly entries: readonly string[] };
  /** The position before the oldest entry. */
  readonly begin?: number;
  readonly ledger?: string;
  /** Reading it fails like this. */
  readonly failure?: LedgerFailure;
}

/** A backup of everything that a ledger has. */
export async function backupOf(ledger: MemoryLedger): Promise<Backup> {
  const entries: { readonly entry: string; readonly position: number }[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page = await ledger.read(from);
    if (!page.ok) throw new Error(page.failure.kind);
    entries.push(...page.value.entries);
    from = page.value.next;
  }
  return { entries };
}

/** A backup made of entries alone, as a test wants them. */
export async function backupWith(entries: readonly LedgerEntry[]): Promise<Backup> {
  const ledger = new MemoryLedger();
  const appended = await ledger.append(await Promise.all(entries.map(entryText)));
  if (!appended.ok) throw new Error(appended.failure.kind);
  return backupOf(ledger);
}

/** A ledger that holds what a backup does, to begin another computer's notebook with. */
export async function ledgerFrom({ entries }: Backup): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  if (entries.length > 0) await ledger.append(entries.map(({ entry }) => entry));
  return ledger;
}

/** The ledger port of a worker whose main process has opened a backup beside the notebook. */
function portOf(own: Backup, backup: Backup): LedgerClient {
  const of = (args: { readonly of?: "notebook" | "backup" }): Backup => (args.of === "backup" ? backup : own);
  const requests = {
    start: (args: { readonly of?: "notebook" | "backup" }): Result<LedgerStart, LedgerFailure> => {
      const { entries, snapshot, begin = 0, ledger = "a ledger" } = of(args);
      const end = entries.at(-1)?.position ?? snapshot?.position ?? begin;
      return success({ ledger, begin, end, snapshots: snapshot ? [snapshot.position] : [], gaps: [], copied: false });
    },
    read: (args: { readonly of?: "notebook" | "backup"; readonly from: number }) => {
      const { entries, failure: reason } = of(args);
      if (reason) return failure(reason);
      const rest = entries.filter(({ position }) => position > args.from);
      const page = rest.slice(0, 7);
      return success({ entries: page, next: rest.length > page.length ? (page.at(-1)?.position ?? null) : null });
    },
    readSnapshot: (args: { readonly of?: "notebook" | "backup"; readonly from: number }) => {
      const entries = of(args).snapshot?.entries ?? [];
      const next = args.from + 1 < entries.length ? args.from + 1 : null;
      return success({ entries: entries.slice(args.from, args.from + 1), next });
    },
  };
  return {
    request: (name, args) => {
      if (!Object.hasOwn(requests, name)) throw new Error(`a joining asks for ${name}`);
      return Promise.resolve(requests[name as keyof typeof requests](args as never)) as never;
    },
  };
}

/** The way to join a backup with the notebook of a device; `own` where its ledger is not simply all there is. */
export async function joiningOf(device: Device, backup: Backup, own?: Backup): Promise<BackupJoining> {
  return device.notebook.joining(portOf(own ?? (await backupOf(device.ledger)), backup));
}

const never = new AbortController().signal;

export async function previewed(joining: BackupJoining): Promise<BackupPreview> {
  const preview = await joining.preview(() => undefined, never);
  if (!preview.ok) throw new Error(JSON.stringify(preview.failure));
  return preview.value;
}

/** Previews and joins. */
export async function joined(device: Device, backup: Backup, bringBack = false): Promise<BackupJoined> {
  const joining = await joiningOf(device, backup);
  await previewed(joining);
  const done = await joining.join(bringBack, never);
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  return done.value;
}

/** How many records each fate has, without those that have none. */
export function fates({ parts }: BackupPreview): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(parts).flatMap(([fate, { total }]) => (total > 0 ? [[fate, total]] : [])));
}
