import { errorCode } from "../files/errorCode";
import type { Piece } from "./coverage";
import type { Clock } from "./format/header";
import { keptAge, snapshotSpacing, surelyPassed } from "./ledgerClock";
import type { SnapshotFile } from "./ledgerFiles";
import type { LedgerFolder } from "./ledgerFolder";
import { DamagedSource, pack } from "./packing";
import { planPacks } from "./packPlan";
import { isWhole } from "./wholeFile";

export interface CompactionHost {
  /** The ledger's time now. */
  clock(): Clock;
  /**
   * Closes the segment that is appended to, so that the next one's header states the present `begin`. Rejects with the
   * file system's error.
   */
  roll(): Promise<void>;
}

/**
 * Makes a ledger small after a snapshot: prunes snapshots, packs closed files, and drops history that is older than 90
 * days and covered by a snapshot that stays. Each step leaves a ledger that is whole and holds the same, wherever the
 * program ends; what it leaves half done is done by the next run.
 */
export class Compaction {
  /** Names of files that were found damaged: they stay as they are. */
  readonly #untouched = new Set<string>();

  constructor(
    private readonly folder: LedgerFolder,
    private readonly host: CompactionHost,
  ) {}

  /** Never rejects: what the disk refuses now is tried again next time. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#removeReplaced(signal);
      await this.folder.remove(prunedSnapshots(this.folder.snapshots, this.folder.begin));
      await this.#pack(signal);
      await this.#drop(signal);
    } catch (error) {
      if (!signal.aborted) this.folder.place.log?.info("compaction stopped", { code: errorCode(error) });
    }
  }

  /** What a run before this one packed or dropped and had no time to remove. */
  async #removeReplaced(signal: AbortSignal): Promise<void> {
    const { folder } = this;
    const pieces = folder.pieces();
    const used = new Set(pieces.map(({ file }) => file.name));
    for (const file of folder.history.filter(({ name }) => !used.has(name))) {
      const dropped = file.end <= folder.begin;
      const base = folder.snapshots.find(({ position }) => position === folder.begin);
      const instead = dropped ? (base ? [base] : null) : packsOver(pieces, file.base, file.end);
      if (instead && (await this.#areWhole(instead, signal))) await folder.remove([file]);
    }
  }

  async #pack(signal: AbortSignal): Promise<void> {
    const boundaries = this.folder.snapshots.map(({ position }) => position);
    for (const unit of planPacks(this.folder.pieces(), boundaries, this.#untouched)) {
      try {
        await pack(this.folder, unit, signal);
      } catch (error) {
        if (!(error instanceof DamagedSource)) throw error;
        this.#untouched.add(error.file);
        this.folder.place.log?.info("a damaged ledger file is left as it is", { file: error.file });
      }
    }
  }

  async #drop(signal: AbortSignal): Promise<void> {
    const { folder } = this;
    const now = this.host.clock();
    const base = folder.snapshots.findLast(
      ({ position, header }) => position > folder.begin && surelyPassed(header.clock, now) >= keptAge,
    );
    if (!base || folder.snapshots.at(-1) === base) return;
    // A file that holds what lies on both sides could not be packed; nothing of it is dropped.
    if (folder.pieces().some(({ from, to }) => from < base.position && to > base.position)) return;
    if (!(await this.#areWhole([base], signal))) return;
    const before = folder.begin;
    folder.begin = base.position;
    try {
      await this.host.roll();
    } catch (error) {
      folder.begin = before;
      throw error;
    }
    await folder.remove(folder.snapshots.filter(({ position }) => position < base.position));
    await folder.remove(folder.history.filter(({ end }) => end <= base.position));
  }

  /** Whether files can be read from front to back. */
  async #areWhole(files: readonly { readonly name: string }[], signal: AbortSignal): Promise<boolean> {
    for (const { name } of files) if (!(await isWhole(this.folder, name, signal))) return false;
    return true;
  }
}

/** The packs from which all between two positions is read; null where not all of it is. */
function packsOver(pieces: readonly Piece[], from: number, to: number): readonly { readonly name: string }[] | null {
  const over = pieces.filter((piece) => piece.from < to && piece.to > from);
  let position = from;
  for (const { file, ...piece } of over) {
    if (piece.from > position || file.header.kind !== "pack") return null;
    position = piece.to;
  }
  return position >= to && over.length > 0 ? over.map(({ file }) => file) : null;
}

/** All but the newest, the one that the kept history begins with, and one in 30 days between them. */
export function prunedSnapshots(snapshots: readonly SnapshotFile[], begin: number): readonly SnapshotFile[] {
  const newest = snapshots.at(-1);
  let last: SnapshotFile | null = null;
  return snapshots.filter((snapshot) => {
    if (snapshot === newest) return false;
    const isBase = snapshot.position === begin;
    if (snapshot.position < begin) return true;
    if (last && !isBase && snapshot.header.clock.lived - last.header.clock.lived < snapshotSpacing) return true;
    last = snapshot;
    return false;
  });
}
