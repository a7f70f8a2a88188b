import { failure, success, type Result } from "../../shared/result";
import { readAt, type Disk, type DiskFile } from "./disk";
import { headLength, mark, nextLink, openFrame, readHead, tagLength, type FrameContent, type FrameHead } from "./frame";
import {
  macLength,
  readCopy,
  readHeader,
  searchLength,
  unlockHeader,
  usualLength,
  wantsMore,
  type FileKeys,
  type HeaderProblem,
  type ReadHeader,
  type SealedHeader,
} from "./header";
import { decodeEnd, endPayloadLength, type FileEnd } from "./payload";

const windowBytes = 1024 * 1024;

export type SealedFileProblem = HeaderProblem | { readonly kind: "other-notebook" | "wrong-key" };

/** A frame that was opened: all of it is as it was written. */
export interface OpenedFrame extends FrameContent {
  /** Where it begins and ends in the file. */
  readonly at: number;
  readonly next: number;
  /** The chain before and behind it. */
  readonly link: Buffer;
  readonly linkAfter: Buffer;
}

/** What can be told of a file without its key. Rejects with the file system's error. */
export async function headerOf(file: DiskFile): Promise<Result<ReadHeader, HeaderProblem>> {
  const start = await readAt(file, 0, usualLength);
  return readHeader(wantsMore(start) ? await readAt(file, 0, searchLength) : start);
}

/**
 * The keys by the other copy of a header whose proof fails: its CRC does not cover the proof, so a bit that changed in
 * there looks like another key. The copies say the same, or none is taken.
 */
async function keysOfCopy(file: DiskFile, { bytes, framesAt }: ReadHeader, key: Buffer): Promise<FileKeys | null> {
  const copy = readCopy(await readAt(file, framesAt - bytes.length, bytes.length));
  const isSame = copy?.bytes.subarray(0, -macLength).equals(bytes.subarray(0, -macLength));
  return copy && isSame ? unlockHeader(copy, key) : null;
}

/** A sealed file that is read at any place. It ends where it ended when it was opened. */
export class SealedFile {
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(
    private readonly file: DiskFile,
    readonly header: SealedHeader,
    /** Where its frames begin. */
    readonly framesAt: number,
    readonly keys: FileKeys,
    readonly size: number,
  ) {}

  /**
   * Opens `name` with the key it was made with; with `notebook`, only one of that notebook. Rejects with the file
   * system's error.
   */
  static async open(
    disk: Disk,
    name: string,
    key: Buffer,
    notebook?: string,
  ): Promise<Result<SealedFile, SealedFileProblem>> {
    const file = await disk.open(name, "r");
    try {
      const opened = await SealedFile.over(file, key, notebook);
      if (!opened.ok) await file.close();
      return opened;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  static async over(file: DiskFile, key: Buffer, notebook?: string): Promise<Result<SealedFile, SealedFileProblem>> {
    const read = await headerOf(file);
    if (!read.ok) return read;
    const { header, framesAt } = read.value;
    if (notebook !== undefined && header.notebook !== notebook) return failure({ kind: "other-notebook" });
    const keys = unlockHeader(read.value, key) ?? (await keysOfCopy(file, read.value, key));
    if (!keys) return failure({ kind: "wrong-key" });
    const { size } = await file.stat();
    return success(new SealedFile(file, header, framesAt, keys, size));
  }

  /** The head of the frame at a place, which nothing proves yet; null where none is or it is cut short. */
  async headAt(at: number): Promise<FrameHead | null> {
    const head = readHead(this.#known(at, headLength) ?? (await this.#bytes(at, headLength)));
    return head && at + head.length <= this.size ? head : null;
  }

  /**
   * The head of the first frame at or behind a place. It is believed where another head, or the end of the file, follows
   * the frame; else the frame is opened, for a changed length would lead past others.
   */
  async headFrom(at: number): Promise<(FrameHead & { readonly at: number }) | null> {
    const head = await this.headAt(at);
    const behind = head ? at + head.length : at;
    if (head && (behind === this.size || (await this.headAt(behind)))) return { ...head, at };
    const frame = (head && (await this.frameAt(at))) ?? (await this.nextFrame(at + 1));
    const proven = frame && (await this.headAt(frame.at));
    return proven && { ...proven, at: frame.at };
  }

  /** The frame at a place; null where there is none, or it is cut short or damaged. */
  async frameAt(at: number): Promise<OpenedFrame | null> {
    const head = await this.headAt(at);
    if (!head) return null;
    const frame = this.#known(at, head.length) ?? (await this.#bytes(at, head.length));
    const payload = await openFrame(this.keys, head, frame);
    if (!payload) return null;
    const { kind, last, start } = head;
    const link = Buffer.from(head.link);
    const linkAfter = nextLink(link, frame.subarray(-tagLength));
    return { kind, last, start, payload, at, next: at + head.length, link, linkAfter };
  }

  /** The next whole frame that begins at or behind `from`: how reading goes on behind damage. */
  async nextFrame(from: number): Promise<OpenedFrame | null> {
    let at = from;
    while (at + headLength <= this.size) {
      const bytes = await this.#bytes(at, Math.min(windowBytes, this.size - at));
      if (bytes.length < mark.length) return null;
      const found = bytes.indexOf(mark);
      if (found === -1) {
        at += bytes.length - mark.length + 1;
        continue;
      }
      const frame = await this.frameAt(at + found);
      if (frame) return frame;
      at += found + 1;
    }
    return null;
  }

  /** What the file says of itself at its very end; null where it was not finished, or its end is damaged. */
  async end(): Promise<(FileEnd & { readonly at: number }) | null> {
    const at = this.size - headLength - endPayloadLength - tagLength;
    const frame = at < this.framesAt ? null : await this.frameAt(at);
    const end = frame?.kind === "end" ? decodeEnd(frame.payload) : null;
    return end && { ...end, at };
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** What was read already: small frames are not worth a turn each. */
  #known(at: number, length: number): Buffer | null {
    const offset = at - this.#windowStart;
    const isThere = offset >= 0 && offset + length <= this.#window.length;
    return isThere ? this.#window.subarray(offset, offset + length) : null;
  }

  /** Up to `length` bytes at a place: fewer at the end of the file. The buffer is never written to again. */
  async #bytes(at: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, Math.max(0, this.size - at));
    const known = this.#known(at, wanted);
    if (known) return known;
    this.#window = await readAt(this.file, at, Math.min(Math.max(wanted, windowBytes), Math.max(0, this.size - at)));
    this.#windowStart = at;
    return this.#window.subarray(0, wanted);
  }
}
