import { ActiveSegment, refusesWriting } from "./activeSegment";
import { linkLength } from "./format/frame";
import type { SealedFileProblem } from "./format/sealedFile";
import { LedgerClock } from "./ledgerClock";
import { readFolder, type Folder, type HistoryFile } from "./ledgerFiles";
import { LedgerFolder, type LedgerPlace } from "./ledgerFolder";
import { failure, success, type Result } from "../shared/result";

export interface OpenedFolder {
  readonly files: LedgerFolder;
  /** Null where the next append begins a new segment. */
  readonly active: ActiveSegment | null;
  readonly end: number;
  /** The chain's end. */
  readonly link: Buffer;
  readonly clock: LedgerClock;
}

/** In the order in which they are told. */
const problems: readonly SealedFileProblem["kind"][] = [
  "newer-format",
  "wrong-key",
  "other-notebook",
  "damaged",
  "not-ours",
];

/**
 * Reads a ledger's folder and makes ready what a crash left. Nothing is changed where no file can be opened, or one is
 * of a newer format. `place.ledger` is the uuid of a ledger that begins. Rejects with the file system's error.
 */
export async function openFolder(
  place: LedgerPlace,
  now: () => number,
): Promise<Result<OpenedFolder, { readonly kind: SealedFileProblem["kind"] }>> {
  const { disk } = place;
  await disk.makeFolder(place.folder).catch((error: unknown) => {
    if (!refusesWriting(error)) throw error;
  });
  const found = await readFolder(disk, place.folder, place.key, place.notebook);
  const first = found.history[0] ?? found.snapshots[0];
  const problem = problems.find((kind) => found.problems.has(kind));
  if (problem && (!first || problem === "newer-format")) return failure({ kind: problem });
  if (problem) place.log?.info("ledger files that do not open", { problems: [...found.problems].join(" ") });

  const headers = [...found.history, ...found.snapshots].map(({ header }) => header);
  const begin = Math.max(0, ...headers.map((header) => header.begin));
  const newest = newestOf(found.history);
  const end = endOf(found, begin);
  const unfinished = newest?.end === end ? found.unfinished.get(newest.name) : undefined;
  const isActive = newest?.header.kind === "segment" && unfinished !== undefined;
  const files = new LedgerFolder(
    { ...place, ledger: first?.header.ledger ?? place.ledger },
    { ...found, begin, history: found.history.filter((file) => !(isActive && file === newest)) },
  );
  const active = isActive
    ? await ActiveSegment.reopen(disk, place.folder, newest.name, unfinished.sealed, unfinished.walked, now)
    : null;
  await removeDrafts(place, found.drafts);
  const link = newest?.end === end ? newest.continues : Buffer.alloc(linkLength);
  return success({ files, active, end, link, clock: clockOf(found, newest, now()) });
}

/** The one that ends last; of two that end there, the one that begins later, for nothing lies behind it. */
function newestOf(history: readonly HistoryFile[]): HistoryFile | null {
  return history.reduce<HistoryFile | null>(
    (last, file) => (!last || file.end > last.end || (file.end === last.end && file.base >= last.base) ? file : last),
    null,
  );
}

/**
 * Where the ledger ends. Positions are never given twice, so it lies behind whatever stood there and cannot be read any
 * more: a snapshot's position, and a file that only its name and size tell of.
 */
function endOf({ history, snapshots, unreadable }: Folder, begin: number): number {
  const ends = history.map(({ end }) => end);
  const last = Math.max(begin, ...ends, ...snapshots.map(({ position }) => position));
  return Math.max(last, ...unreadable.filter(({ base }) => base >= last).map(({ base, size }) => base + size));
}

function clockOf({ history, snapshots }: Folder, newest: HistoryFile | null, now: number): LedgerClock {
  const clocks = [...history, ...snapshots].map(({ header }) => header.clock);
  const clock = new LedgerClock({
    written: newest?.header.clock.written ?? now,
    newest: Math.max(0, ...clocks.map((one) => Math.max(one.newest, one.written))),
    lived: Math.max(0, ...clocks.map(({ lived }) => lived)),
  });
  const last = newest?.time ?? null;
  if (last !== null) clock.pass(last);
  return clock;
}

/** What was being written when the program ended never counted. Where the disk refuses, it is left for another time. */
async function removeDrafts({ disk, folder }: LedgerPlace, drafts: readonly string[]): Promise<void> {
  for (const name of drafts.filter((draft) => /^(?:segment|pack|snapshot|torn)-/.test(draft))) {
    await disk.remove(`${folder}/${name}`).catch(() => undefined);
  }
}
