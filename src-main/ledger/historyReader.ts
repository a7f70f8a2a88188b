import path from "node:path";
import { failure, success, type Result } from "../shared/result";
import type { LedgerPage } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { Containing } from "./containing";
import type { Piece } from "./coverage";
import type { Disk } from "./format/disk";
import { decodePayload, stepOf, textOf, type Payload } from "./format/payload";
import { SealedFile, type OpenedFrame } from "./format/sealedFile";
import { FrameIndex } from "./frameIndex";
import { Pause } from "./pause";

/** Frames that were found are remembered for so many files. */
const indexedFiles = 8;

/** Where reading stopped: the next page mostly begins there. */
interface Cursor {
  readonly name: string;
  readonly position: number;
  readonly at: number;
}

interface OpenedEntries extends Payload {
  readonly frame: OpenedFrame;
}

type Entry = LedgerPage["entries"][number];

/** Why the walk through one piece ended. */
type Walk =
  | { readonly kind: "through" | "page-full"; readonly position: number }
  /** No whole entry begins at `position`; `resume` is where the next one of this piece does, if any. */
  | { readonly kind: "damaged"; readonly position: number; readonly resume: number | null };

/** Reads history by positions, across files and around damage. Rejects with the file system's error. */
export class HistoryReader {
  readonly #indexes = new Map<string, FrameIndex>();
  #cursor: Cursor | null = null;
  /** The frame read last: small pages read it again and again. */
  #frame: { readonly name: string; readonly opened: OpenedEntries } | null = null;

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    private readonly key: Buffer,
  ) {}

  async page(
    pieces: readonly Piece[],
    from: number,
    end: number,
    bytes: number,
    containing?: readonly string[],
  ): Promise<Result<LedgerPage, LedgerFailure>> {
    const wanted = containing ? new Containing(containing) : null;
    const entries: Entry[] = [];
    let position = from;
    const full = (): boolean => position - from >= bytes && (wanted !== null || entries.length > 0);
    while (position < end && !full()) {
      const piece = pieces.find((one) => one.from <= position && position < one.to);
      const walk: Walk = piece
        ? await this.#through(piece, position, from + bytes, wanted, entries)
        : { kind: "damaged", position, resume: null };
      if (walk.kind === "damaged") {
        // What was read is given first; the damage is found again by who reads on.
        if (walk.position > from) return success({ entries, next: walk.position });
        const next = pieces.find((one) => one.from > walk.position)?.from ?? end;
        return failure({ kind: "ledger-damaged", at: walk.position, resume: walk.resume ?? next });
      }
      position = walk.position;
    }
    return success({ entries, next: position < end ? position : null });
  }

  async #through(
    piece: Piece,
    from: number,
    enough: number,
    wanted: Containing | null,
    entries: Entry[],
  ): Promise<Walk> {
    const { name } = piece.file;
    const opened = await SealedFile.open(this.disk, path.join(this.folder, name), this.key);
    // Opened when the folder was read, and damaged since.
    if (!opened.ok) return { kind: "damaged", position: from, resume: null };
    const file = opened.value;
    try {
      const pause = new Pause();
      let position = from;
      let at = await this.#find(file, name, from, piece.to);
      while (position < piece.to) {
        await pause.ifLong();
        const found = at < file.size ? await this.#entriesAt(file, name, at) : null;
        if (!found) {
          const next = await this.#entriesBehind(file, name, at, position);
          if (next?.frame.start !== position) {
            return { kind: "damaged", position, resume: next ? Math.min(next.frame.start, piece.to) : null };
          }
          // What is damaged lies before all that is asked for.
          at = next.frame.at;
          continue;
        }
        const { frame } = found;
        at = frame.next;
        if (frame.kind !== "entries") {
          if (frame.kind === "end") return { kind: "damaged", position, resume: null };
          continue;
        }
        if (frame.start > position) {
          return { kind: "damaged", position, resume: Math.min(frame.start, piece.to) };
        }
        const before = position;
        const taken = this.#take(found, position, Math.min(enough, piece.to), wanted, entries);
        position = taken.position;
        if (taken.inside) return { kind: "damaged", position, resume: taken.inside };
        if (position >= enough && position < piece.to && position > before) {
          const whole = position >= taken.frameEnd;
          this.#cursor = { name, position, at: whole ? frame.next : frame.at };
          return { kind: "page-full", position };
        }
      }
      return { kind: "through", position };
    } finally {
      await file.close();
    }
  }

  /**
   * Takes the entries of a frame from `from` on, until `enough` is reached. `inside` is the end of the entry inside
   * which `from` lies, where it lies at no entry's end.
   */
  #take(
    { frame, ...payload }: OpenedEntries,
    from: number,
    enough: number,
    wanted: Containing | null,
    entries: Entry[],
  ): { readonly position: number; readonly frameEnd: number; readonly inside?: number } {
    const frameEnd = payload.entries.reduce((sum, entry) => sum + stepOf(entry), frame.start);
    const any = wanted === null || wanted.mayBeIn(frame.payload, payload);
    let position = from;
    let start = frame.start;
    for (const entry of payload.entries) {
      const end = start + stepOf(entry);
      if (start < position && end > position) return { position, frameEnd, inside: end };
      if (start >= position) {
        if (any && (wanted === null || wanted.matches(entry))) entries.push({ entry: textOf(entry), position: end });
        position = end;
        if (position >= enough) break;
      }
      start = end;
    }
    return { position, frameEnd };
  }

  /** The place of the frame that holds what follows a position. */
  async #find(file: SealedFile, name: string, position: number, to: number): Promise<number> {
    if (this.#cursor?.name === name && this.#cursor.position === position) return this.#cursor.at;
    if (position === file.header.base) return file.framesAt;
    const index = this.#indexes.get(name) ?? new FrameIndex(file.framesAt);
    this.#indexes.delete(name);
    this.#indexes.set(name, index);
    for (const oldest of this.#indexes.keys()) {
      if (this.#indexes.size <= indexedFiles) break;
      this.#indexes.delete(oldest);
    }
    await index.follow(file, to);
    return index.placeOf(position);
  }

  async #entriesAt(file: SealedFile, name: string, at: number): Promise<OpenedEntries | null> {
    if (this.#frame?.name === name && this.#frame.opened.frame.at === at) return this.#frame.opened;
    const frame = await file.frameAt(at);
    return frame && this.#remembered(name, frame);
  }

  /** The next whole frame of history behind damage that begins at `position` or behind it. */
  async #entriesBehind(file: SealedFile, name: string, at: number, position: number): Promise<OpenedEntries | null> {
    const pause = new Pause();
    let frame = await file.nextFrame(at + 1);
    while (frame) {
      const opened = this.#remembered(name, frame);
      if (opened && frame.kind === "entries" && frame.start >= position) return opened;
      await pause.ifLong();
      frame = await file.nextFrame(frame.next);
    }
    return null;
  }

  #remembered(name: string, frame: OpenedFrame): OpenedEntries | null {
    if (frame.kind !== "entries") return { frame, time: 0, entries: [] };
    const payload = decodePayload(frame.payload);
    if (!payload) return null;
    const opened = { frame, ...payload };
    this.#frame = { name, opened };
    return opened;
  }
}
