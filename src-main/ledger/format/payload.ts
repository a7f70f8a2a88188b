import { linkLength } from "./frame";
import { readCount, readCounts, writeCount } from "./header";

/**
 * Texts as a frame holds them: the instant of writing (8 bytes, ms), then for each text its encoding (1: 0 = UTF-8,
 * 1 = UTF-16LE), its length in bytes (4) and its bytes. UTF-8 cannot hold half a surrogate pair, and an entry must come
 * back exactly as it was given.
 */
export interface RawEntry {
  readonly utf16: boolean;
  readonly bytes: Buffer;
}

export const timeLength = 8;
const entryHead = 5;

/** What an entry adds to the position: its bytes and one more, so that an empty text has a position of its own too. */
export function stepOf({ bytes }: RawEntry): number {
  return bytes.length + 1;
}

export function rawEntry(entry: string): RawEntry {
  const utf16 = /\p{Surrogate}/u.test(entry);
  return { utf16, bytes: Buffer.from(entry, utf16 ? "utf16le" : "utf8") };
}

export function textOf({ utf16, bytes }: RawEntry): string {
  return bytes.toString(utf16 ? "utf16le" : "utf8");
}

export function encodePayload(time: number, entries: readonly RawEntry[]): Buffer {
  const length = entries.reduce((sum, { bytes }) => sum + entryHead + bytes.length, timeLength);
  const payload = Buffer.allocUnsafe(length);
  writeCount(payload, time, 0);
  let offset = timeLength;
  for (const { utf16, bytes } of entries) {
    payload.writeUInt8(utf16 ? 1 : 0, offset);
    payload.writeUInt32LE(bytes.length, offset + 1);
    bytes.copy(payload, offset + entryHead);
    offset += entryHead + bytes.length;
  }
  return payload;
}

export interface Payload {
  readonly time: number;
  readonly entries: readonly RawEntry[];
}

/** The texts of a payload; null where it is not one. They share its bytes. */
export function decodePayload(payload: Buffer): Payload | null {
  const time = payload.length < timeLength ? null : readCount(payload, 0);
  if (time === null) return null;
  const entries: RawEntry[] = [];
  let offset = timeLength;
  while (offset < payload.length) {
    if (offset + entryHead > payload.length) return null;
    const encoding = payload.readUInt8(offset);
    const end = offset + entryHead + payload.readUInt32LE(offset + 1);
    if (encoding > 1 || end > payload.length) return null;
    entries.push({ utf16: encoding === 1, bytes: payload.subarray(offset + entryHead, end) });
    offset = end;
  }
  return { time, entries };
}

/** What closes a file: what it holds, and the link with which the next file's chain begins. */
export interface FileEnd {
  readonly time: number;
  /** The position after its last entry of history. */
  readonly end: number;
  readonly entries: number;
  readonly snapshotEntries: number;
  readonly link: Buffer;
}

export const endPayloadLength = 4 * 8 + linkLength;

export function encodeEnd({ time, end, entries, snapshotEntries, link }: FileEnd): Buffer {
  const payload = Buffer.alloc(endPayloadLength);
  [time, end, entries, snapshotEntries].forEach((count, index) => writeCount(payload, count, index * 8));
  link.copy(payload, 32);
  return payload;
}

export function decodeEnd(payload: Buffer): FileEnd | null {
  if (payload.length !== endPayloadLength) return null;
  const counts = readCounts(payload, [0, 8, 16, 24]);
  if (!counts) return null;
  const [time = 0, end = 0, entries = 0, snapshotEntries = 0] = counts;
  return { time, end, entries, snapshotEntries, link: payload.subarray(32) };
}
