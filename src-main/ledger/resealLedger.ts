import path from "node:path";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import { errorCode } from "../files/errorCode";
import { coverage, type Piece } from "./coverage";
import { diskFailure } from "./diskFailure";
import { nodeDisk, type Disk } from "./format/disk";
import { decodePayload, stepOf, type RawEntry } from "./format/payload";
import { SealedFile } from "./format/sealedFile";
import { SealedWriter } from "./format/writer";
import { freeName, packName, readFolder, snapshotName, type SnapshotFile } from "./ledgerFiles";
import { Pause } from "./pause";

export interface ResealOptions {
  readonly from: { readonly folder: string; readonly key: Buffer };
  /** Takes the same ledger under another key; it may hold what an earlier run finished. */
  readonly to: { readonly folder: string; readonly key: Buffer };
  /** `closed`: what no append changes any more, while the ledger is in use. `all`: everything, while it is closed. */
  readonly which: "closed" | "all";
  /** In positions of history and bytes of snapshot files. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal: AbortSignal;
  readonly disk?: Disk;
}

/** What was sealed anew, and what could not be. */
export interface Resealed {
  /** Stretches of history that the former files do not give back any more. */
  readonly lost: readonly { readonly from: number; readonly to: number }[];
  /** Positions of snapshots that are damaged; they are not in the new folder. */
  readonly lostSnapshots: readonly number[];
}

export type ResealFailure = LedgerFailure | { readonly kind: "cancelled" };

/**
 * Writes a ledger anew under another key: every stretch of history and every snapshot that the new folder does not
 * have yet, file by file, each finished before the next. Positions and the ledger's uuid stay; the former folder is not
 * changed. Interrupted, it is begun again and goes on behind the last file that was finished.
 */
export async function resealLedger(options: ResealOptions): Promise<Result<Resealed, ResealFailure>> {
  try {
    return success(await new Resealing(options).run());
  } catch (error) {
    if (options.signal.aborted) return failure({ kind: "cancelled" });
    if (error instanceof RangeError || errorCode(error) !== "unknown") return failure(diskFailure(error));
    throw error;
  }
}

class Resealing {
  readonly #disk: Disk;
  readonly #lost: { readonly from: number; readonly to: number }[] = [];
  readonly #lostSnapshots: number[] = [];
  /** By position: where the chain of the new files ends that stop there. */
  readonly #chainEnds = new Map<number, Buffer>();
  #done = 0;
  #total = 0;

  constructor(private readonly options: ResealOptions) {
    this.#disk = options.disk ?? nodeDisk;
  }

  async run(): Promise<Resealed> {
    const { from, to, which, signal } = this.options;
    await this.#disk.makeFolder(to.folder);
    const source = await readFolder(this.#disk, from.folder, from.key);
    const target = await readFolder(this.#disk, to.folder, to.key);
    for (const draft of target.drafts) await this.#disk.remove(path.join(to.folder, draft));
    const begin = Math.max(0, ...[...source.history, ...source.snapshots].map(({ header }) => header.begin));
    const stretches = missing(coverage(source.history, begin), coverage(target.history, begin)).filter(
      ({ file }) => which === "all" || file.closed,
    );
    for (const { end, continues } of target.history) this.#chainEnds.set(end, continues);
    const have = new Set(target.snapshots.map(({ position }) => position));
    const snapshots = source.snapshots.filter(({ position }) => position >= begin && !have.has(position));
    this.#total = stretches.reduce((sum, stretch) => sum + stretch.to - stretch.from, snapshots.length);
    const names = new Set(target.names);
    for (const stretch of stretches) {
      signal.throwIfAborted();
      await this.#history(stretch, begin, names);
    }
    for (const snapshot of snapshots) {
      signal.throwIfAborted();
      await this.#snapshot(snapshot, begin);
    }
    return { lost: this.#lost, lostSnapshots: this.#lostSnapshots };
  }

  /** A stretch becomes one pack, or several where something between them is lost. */
  async #history({ file, from, to }: Piece, begin: number, names: Set<string>): Promise<void> {
    const { folder, key } = this.options.to;
    const { notebook, ledger, clock } = file.header;
    let position = from;
    let writer: SealedWriter | null = null;
    let base = from;
    let time = clock.written;
    const finish = async (): Promise<void> => {
      if (!writer) return;
      // Only the end of the former file is where the next one's chain begins.
      const end = position === file.end ? file.continues : await writer.chainEnd();
      await writer.finish(end);
      this.#chainEnds.set(position, end);
      writer = null;
    };
    try {
      for await (const batch of this.#batches(file.name, "entries")) {
        let start = batch.start;
        for (const entry of batch.entries) {
          const end = start + stepOf(entry);
          if (start >= position && end <= to) {
            if (start > position) {
              await finish();
              this.#lost.push({ from: position, to: start });
            }
            if (!writer) {
              base = start;
              // The end is not known before it is there; the name only sorts.
              const name = freeName(packName(base, to), names);
              names.add(name);
              const link = this.#chainEnds.get(base) ?? file.header.link;
              const head = { kind: "pack", key, notebook, ledger, base, begin, clock, link } as const;
              writer = await SealedWriter.create(this.#disk, path.join(folder, name), head, () => time);
            }
            await writer.addRaw("entries", [entry]);
            this.#advance(end - position);
            position = end;
          }
          start = end;
        }
        time = Math.max(time, batch.time);
      }
      await finish();
      if (position < to) this.#lost.push({ from: position, to });
    } catch (error) {
      await writer?.abandon();
      throw error;
    }
  }

  async #snapshot({ name, header, position }: SnapshotFile, begin: number): Promise<void> {
    const { folder, key } = this.options.to;
    const { notebook, ledger, clock } = header;
    const head = { kind: "snapshot", key, notebook, ledger, base: position, begin, clock } as const;
    const target = path.join(folder, snapshotName(position));
    const writer = await SealedWriter.create(this.#disk, target, head, () => clock.written);
    try {
      let next = 0;
      for await (const batch of this.#batches(name, "snapshot")) {
        if (batch.start !== next) break;
        await writer.addRaw("snapshot", batch.entries);
        next = batch.entries.reduce((sum, entry) => sum + stepOf(entry), batch.start);
      }
      if (await this.#isWhole(name, writer)) await writer.finish();
      else {
        this.#lostSnapshots.push(position);
        await writer.abandon();
      }
      this.#advance(1);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }

  /** Frames of one kind that open, from front to back. */
  async *#batches(
    name: string,
    kind: "entries" | "snapshot",
  ): AsyncGenerator<{ readonly start: number; readonly time: number; readonly entries: readonly RawEntry[] }> {
    const { folder, key } = this.options.from;
    const opened = await SealedFile.open(this.#disk, path.join(folder, name), key);
    if (!opened.ok) return;
    const file = opened.value;
    const pause = new Pause();
    try {
      let at = file.framesAt;
      while (at < file.size) {
        this.options.signal.throwIfAborted();
        await pause.ifLong();
        const frame = (await file.frameAt(at)) ?? (await file.nextFrame(at + 1));
        if (!frame) return;
        const payload = frame.kind === kind ? decodePayload(frame.payload) : null;
        if (payload) yield { start: frame.start, ...payload };
        at = frame.next;
      }
    } finally {
      await file.close();
    }
  }

  /** Whether a snapshot's own end says that it holds what was taken from it. */
  async #isWhole(name: string, writer: SealedWriter): Promise<boolean> {
    const { folder, key } = this.options.from;
    const opened = await SealedFile.open(this.#disk, path.join(folder, name), key);
    if (!opened.ok) return false;
    try {
      return (await opened.value.end())?.snapshotEntries === (await writer.snapshotEntries());
    } finally {
      await opened.value.close();
    }
  }

  #advance(by: number): void {
    this.#done += by;
    this.options.onProgress?.({ done: this.#done, total: this.#total });
  }
}

/** What of some pieces no other piece has, from front to back. */
function missing(pieces: readonly Piece[], there: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) => {
    const rest: Piece[] = [];
    let { from } = piece;
    for (const other of there.filter(({ to }) => to > piece.from)) {
      if (other.from >= piece.to) break;
      if (other.from > from) rest.push({ ...piece, from, to: other.from });
      from = Math.max(from, other.to);
    }
    if (from < piece.to) rest.push({ ...piece, from });
    return rest;
  });
}
