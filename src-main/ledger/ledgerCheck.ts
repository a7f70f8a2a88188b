import { setTimeout as rest } from "node:timers/promises";
import { errorCode } from "../files/errorCode";
import type { LedgerPage, Stretch } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import type { Result } from "../shared/result";
import type { Piece } from "./coverage";
import { HistoryReader } from "./historyReader";
import { defaultPageBytes } from "./ledger";
import type { LedgerFolder } from "./ledgerFolder";
import { isWhole } from "./wholeFile";

/** Between two pages, in ms: nobody waits for a check, and a disk and a battery are shared. */
const betweenPages = 10;
/** How often a page is tried again whose file was packed while it was read. */
const attempts = 4;
/** In no entry, since JSON escapes these: frames are opened, and nothing is made into texts. */
const nothing: readonly string[] = ["\u0001\u0002\u0003\u0004"];

/** The end of the ledger, which moves. */
export interface CheckedEnd {
  readonly end: number;
  pieces(): readonly Piece[];
}

/**
 * What a store made anew would lack, as far as opening the files has told: history behind the newest snapshot that lies
 * in no file, and everything before `begin` where no snapshot stands for it. Nothing is read for it.
 */
export function missingStretches(folder: LedgerFolder, row: CheckedEnd): readonly Stretch[] {
  const { end } = row;
  const base = usable(folder, end)[0]?.position ?? null;
  const missing: Stretch[] = lostBefore(folder.begin, base);
  let position = base ?? folder.begin;
  for (const { from, to } of row.pieces()) {
    if (from > position) missing.push({ from: position, to: from });
    position = Math.max(position, to);
  }
  if (end > position) missing.push({ from: position, to: end });
  return missing;
}

/**
 * The same, found by reading all that a store would be made anew from: snapshots from the newest to the first whole one,
 * and the history behind that. A damaged snapshot counts as all that it stood for. Rejects with the signal's reason.
 */
export async function damagedStretches(
  folder: LedgerFolder,
  row: CheckedEnd,
  signal: AbortSignal,
): Promise<readonly Stretch[]> {
  const { end } = row;
  const found: Stretch[] = [];
  let base: number | null = null;
  for (const snapshot of usable(folder, end)) {
    if (await isReadable(folder, snapshot.name, signal)) {
      base = snapshot.position;
      break;
    }
    if (folder.snapshots.includes(snapshot)) found.push({ from: 0, to: snapshot.position });
  }
  found.push(...lostBefore(folder.begin, base));
  const { disk, folder: place, key } = folder.place;
  const reader = new HistoryReader(disk, place, key);
  let from: number | null = base ?? folder.begin;
  while (from !== null && from < end) {
    signal.throwIfAborted();
    const page = await pageAt(reader, row, from, end);
    if (page.ok) from = page.value.next;
    else {
      const { at, resume } = page.failure;
      found.push({ from: at, to: resume });
      from = resume;
    }
    await rest(betweenPages, undefined, { signal });
  }
  return found;
}

/** Snapshots from which a store could be made anew, newest first. */
function usable({ snapshots, begin }: LedgerFolder, end: number): LedgerFolder["snapshots"] {
  return snapshots.filter(({ position }) => position >= begin && position <= end).reverse();
}

function lostBefore(begin: number, base: number | null): Stretch[] {
  return begin > 0 && base === null ? [{ from: 0, to: begin }] : [];
}

async function isReadable(folder: LedgerFolder, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await isWhole(folder, name, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    // Whatever the disk says instead of giving it: nobody could read it now.
    return false;
  }
}

type Checked =
  | Extract<Result<LedgerPage, LedgerFailure>, { ok: true }>
  | { readonly ok: false; readonly failure: { readonly at: number; readonly resume: number } };

/** A page, or the stretch that cannot be read: also where the disk itself fails, as it does at a bad block. */
async function pageAt(reader: HistoryReader, row: CheckedEnd, from: number, end: number): Promise<Checked> {
  for (let attempt = 1; ; attempt++) {
    const pieces = row.pieces();
    try {
      const page = await reader.page(pieces, from, end, defaultPageBytes, nothing);
      if (page.ok) return page;
      if (page.failure.kind !== "ledger-damaged") return { ok: false, failure: { at: from, resume: end } };
      const { at, resume = end } = page.failure;
      return { ok: false, failure: { at, resume: Math.max(resume, from + 1) } };
    } catch (error) {
      if (errorCode(error) === "ENOENT" && attempt < attempts) continue;
      const piece = pieces.find((one) => one.from <= from && from < one.to);
      return { ok: false, failure: { at: from, resume: Math.min(piece?.to ?? end, end) } };
    }
  }
}
