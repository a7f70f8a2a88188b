import { crc32 } from "node:zlib";

/**
 * One entry on disk: mark (4 bytes), CRC-32 of everything after it (4), length of the text in bytes (4), flags (1),
 * text. Numbers are little-endian. The mark lets reading go on behind damage; a new format takes a new mark.
 */
export const mark = Buffer.from("Q桥", "utf8");
export const headerLength = 13;

const lastOfAppend = 1;
const utf16 = 2;
const knownFlags = lastOfAppend | utf16;

export interface Header {
  readonly crc: number;
  readonly textLength: number;
  /** No further entry of the same append follows: only then does the append count. */
  readonly last: boolean;
  readonly encoding: "utf8" | "utf16le";
}

/** UTF-8 cannot hold half a surrogate pair, and an entry must come back exactly as it was given. */
function encodingOf(entry: string): "utf8" | "utf16le" {
  return /\p{Surrogate}/u.test(entry) ? "utf16le" : "utf8";
}

export function encodeFrame(entry: string, last: boolean): Buffer {
  const encoding = encodingOf(entry);
  const textLength = Buffer.byteLength(entry, encoding);
  const frame = Buffer.allocUnsafe(headerLength + textLength);
  mark.copy(frame, 0);
  frame.writeUInt32LE(textLength, 8);
  frame.writeUInt8((last ? lastOfAppend : 0) | (encoding === "utf16le" ? utf16 : 0), 12);
  frame.write(entry, headerLength, encoding);
  frame.writeUInt32LE(crc32(frame.subarray(8)), 4);
  return frame;
}

/** All entries of one append; only the last of them closes it, so that half an append never counts. */
export function encodeAppend(entries: readonly string[]): Buffer[] {
  return entries.map((entry, index) => encodeFrame(entry, index === entries.length - 1));
}

/** Reads the header at the start of `bytes`; null where none is. */
export function readHeader(bytes: Buffer): Header | null {
  if (bytes.length < headerLength || !bytes.subarray(0, mark.length).equals(mark)) return null;
  const flags = bytes.readUInt8(12);
  if ((flags & ~knownFlags) !== 0) return null;
  return {
    crc: bytes.readUInt32LE(4),
    textLength: bytes.readUInt32LE(8),
    last: (flags & lastOfAppend) !== 0,
    encoding: (flags & utf16) !== 0 ? "utf16le" : "utf8",
  };
}

/** Whether a whole frame, header included, is as it was written. */
export function isIntact(frame: Buffer, header: Header): boolean {
  return crc32(frame.subarray(8)) === header.crc;
}

export function textOf(frame: Buffer, header: Header): string {
  return frame.toString(header.encoding, headerLength);
}
