import type { FileHandle } from "node:fs/promises";
import { headerLength, isIntact, mark, readHeader, textOf } from "./frame";

const windowBytes = 1024 * 1024;

export interface FrameAt {
  readonly start: number;
  /** The position right after the entry. */
  readonly end: number;
  readonly last: boolean;
  text(): string;
}

/** Reads frames of a file by position, a mebibyte at a time. `size` is where reading ends. */
export class FrameReader {
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {}

  /** The frame that begins at `start`; null where there is none, or it is cut short or damaged. */
  async frameAt(start: number): Promise<FrameAt | null> {
    const header = readHeader(await this.#bytes(start, headerLength));
    if (!header) return null;
    const end = start + headerLength + header.textLength;
    if (end > this.size) return null;
    const frame = await this.#bytes(start, end - start);
    if (!isIntact(frame, header)) return null;
    return { start, end, last: header.last, text: () => textOf(frame, header) };
  }

  /** The next whole frame that begins at or after `from`: how reading goes on behind damage. */
  async nextFrame(from: number): Promise<FrameAt | null> {
    let position = from;
    while (position + headerLength <= this.size) {
      const bytes = await this.#bytes(position, Math.min(windowBytes, this.size - position));
      if (bytes.length < mark.length) return null;
      const found = bytes.indexOf(mark);
      if (found === -1) {
        position += bytes.length - mark.length + 1;
        continue;
      }
      const frame = await this.frameAt(position + found);
      if (frame) return frame;
      position += found + 1;
    }
    return null;
  }

  /** Up to `length` bytes at `position`: fewer at the end of the file. The buffer is never written to again. */
  async #bytes(position: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, Math.max(0, this.size - position));
    const offset = position - this.#windowStart;
    if (offset >= 0 && offset + wanted <= this.#window.length) return this.#window.subarray(offset, offset + wanted);
    const target = Buffer.allocUnsafe(Math.min(Math.max(wanted, windowBytes), Math.max(0, this.size - position)));
    let filled = 0;
    while (filled < target.length) {
      const { bytesRead } = await this.handle.read(target, filled, target.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = target.subarray(0, filled);
    this.#windowStart = position;
    return this.#window.subarray(0, wanted);
  }
}

/** Where the last complete append ends; what lies behind it was never answered as saved. */
export async function findEnd(reader: FrameReader): Promise<number> {
  let end = 0;
  let position = 0;
  for (;;) {
    const frame = (await reader.frameAt(position)) ?? (await reader.nextFrame(position + 1));
    if (!frame) return end;
    position = frame.end;
    if (frame.last) end = position;
  }
}
