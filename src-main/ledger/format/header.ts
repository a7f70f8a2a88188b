import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { failure, success, type Result } from "../../shared/result";

export type SealedKind = "segment" | "pack" | "snapshot" | "backup";

/**
 * When a file was begun, in ms. A clock may be wrong, so what is kept for 90 days is judged by all three: see
 * `age.ts`.
 */
export interface Clock {
  /** What the computer's clock said. */
  readonly written: number;
  /** The latest instant that anything before this file was written at. */
  readonly newest: number;
  /** How long the ledger has surely lived before this file. */
  readonly lived: number;
}

/** What stands at the start of every sealed file, readable without a key; the key alone tells whether it is true. */
export interface SealedHeader {
  readonly kind: SealedKind;
  /** Uuids. */
  readonly notebook: string;
  readonly ledger: string;
  /** 16 random bytes that make this file's keys its own. */
  readonly salt: Buffer;
  /** The position before its first entry; of a snapshot, the position up to which it holds everything. */
  readonly base: number;
  /** Where the history began that was kept when this file was written. */
  readonly begin: number;
  /** 16 bytes: where its chain begins, which is where that of the file before it ended. */
  readonly link: Buffer;
  readonly clock: Clock;
  /** Bytes that can be read without a key, such as a backup's wrapped keys. At most `maxClear`. */
  readonly clear: Buffer;
}

/** Why a file is none of ours to read. `damaged`: neither copy of its header is whole. */
export interface HeaderProblem {
  readonly kind: "not-ours" | "newer-format" | "damaged";
}

export interface FileKeys {
  readonly seal: Buffer;
  /** SHA-256 of the header, a part of what every frame is bound to. */
  readonly headerHash: Buffer;
}

const magic = Buffer.from("Q桥L\r\n\u001a", "utf8");
export const formatVersion = 1;
export const maxClear = 64 * 1024;
/** The second copy of the header begins at the next multiple of this, so that one bad block spares one of them. */
const block = 4096;
const fixedLength = 120;
const crcLength = 4;
export const macLength = 16;
const kinds: readonly SealedKind[] = ["segment", "pack", "snapshot", "backup"];
/** Enough for both copies of a header with nothing in the clear; `searchLength` for both of any header. */
export const usualLength = 2 * block;
export const searchLength = maxClear + 3 * block;

export function encodeHeader(header: SealedHeader, key: Buffer): { readonly bytes: Buffer; readonly keys: FileKeys } {
  if (header.clear.length > maxClear) throw new RangeError("too much in the clear");
  const body = Buffer.alloc(fixedLength + header.clear.length + crcLength);
  magic.copy(body, 0);
  body.writeUInt16LE(formatVersion, 8);
  body.writeUInt8(kinds.indexOf(header.kind), 10);
  uuidBytes(header.notebook).copy(body, 12);
  uuidBytes(header.ledger).copy(body, 28);
  header.salt.copy(body, 44);
  writeCount(body, header.base, 60);
  writeCount(body, header.begin, 68);
  header.link.copy(body, 76);
  writeCount(body, header.clock.written, 92);
  writeCount(body, header.clock.newest, 100);
  writeCount(body, header.clock.lived, 108);
  body.writeUInt32LE(header.clear.length, 116);
  header.clear.copy(body, fixedLength);
  body.writeUInt32LE(crc32(body.subarray(0, -crcLength)), body.length - crcLength);
  const { mac, seal } = deriveKeys(key, header.salt);
  const whole = Buffer.concat([body, macOf(mac, body)]);
  const bytes = Buffer.alloc(copyOffset(whole.length) + whole.length);
  whole.copy(bytes, 0);
  whole.copy(bytes, copyOffset(whole.length));
  return { bytes, keys: { seal, headerHash: sha256(whole) } };
}

/** A header that was read, whole but not yet proven by a key. */
export interface ReadHeader {
  readonly header: SealedHeader;
  /** Where the first frame begins. */
  readonly framesAt: number;
  readonly bytes: Buffer;
}

/** Reads the header from the start of a file, of which `searchLength` bytes are enough. */
export function readHeader(start: Buffer): Result<ReadHeader, HeaderProblem> {
  for (let offset = 0; offset < Math.min(start.length, searchLength); offset += block) {
    const read = headerAt(start.subarray(offset));
    if (read && (offset === 0 || offset === copyOffset(read.bytes.length))) return success(read);
  }
  if (!start.subarray(0, magic.length).equals(magic) || start.length < 10) return failure({ kind: "not-ours" });
  return failure({ kind: start.readUInt16LE(8) > formatVersion ? "newer-format" : "damaged" });
}

/** The second copy of a header that was read, from the bytes that stand in its place; null where it is not whole. */
export function readCopy(bytes: Buffer): ReadHeader | null {
  return headerAt(bytes);
}

/** Whether `readHeader` would need more of the file than these bytes to judge. */
export function wantsMore(start: Buffer): boolean {
  return start.length >= usualLength && headerAt(start) === null;
}

/** The keys of a file; null where the key is not the one that it was made with. */
export function unlockHeader({ header, bytes }: ReadHeader, key: Buffer): FileKeys | null {
  const { mac, seal } = deriveKeys(key, header.salt);
  const body = bytes.subarray(0, -macLength);
  return timingSafeEqual(macOf(mac, body), bytes.subarray(-macLength)) ? { seal, headerHash: sha256(bytes) } : null;
}

function headerAt(bytes: Buffer): ReadHeader | null {
  if (bytes.length < fixedLength + crcLength + macLength || !bytes.subarray(0, magic.length).equals(magic)) return null;
  if (bytes.readUInt16LE(8) !== formatVersion) return null;
  const clearLength = bytes.readUInt32LE(116);
  const bodyLength = fixedLength + clearLength + crcLength;
  if (clearLength > maxClear || bytes.length < bodyLength + macLength) return null;
  if (crc32(bytes.subarray(0, bodyLength - crcLength)) !== bytes.readUInt32LE(bodyLength - crcLength)) return null;
  const kind = kinds[bytes.readUInt8(10)];
  const counts = readCounts(bytes, [60, 68, 92, 100, 108]);
  if (!kind || !counts) return null;
  const [base = 0, begin = 0, written = 0, newest = 0, lived = 0] = counts;
  const whole = Buffer.from(bytes.subarray(0, bodyLength + macLength));
  return {
    header: {
      kind,
      notebook: uuidText(whole.subarray(12, 28)),
      ledger: uuidText(whole.subarray(28, 44)),
      salt: whole.subarray(44, 60),
      base,
      begin,
      link: whole.subarray(76, 92),
      clock: { written, newest, lived },
      clear: whole.subarray(fixedLength, fixedLength + clearLength),
    },
    framesAt: copyOffset(whole.length) + whole.length,
    bytes: whole,
  };
}

function copyOffset(length: number): number {
  return Math.ceil(length / block) * block;
}

/** HKDF (RFC 5869): a key for the frames and one for the header, this file's own by its salt. */
function deriveKeys(key: Buffer, salt: Buffer): { readonly seal: Buffer; readonly mac: Buffer } {
  const both = Buffer.from(hkdfSync("sha256", key, salt, "qiao/v1/file", 64));
  return { seal: both.subarray(0, 32), mac: both.subarray(32) };
}

function macOf(key: Buffer, body: Buffer): Buffer {
  return createHmac("sha256", key).update(body).digest().subarray(0, macLength);
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll("-", ""), "hex");
  if (bytes.length !== 16) throw new RangeError("not a uuid");
  return bytes;
}

function uuidText(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Positions, counts and instants: 64 bits in the file, and never more than JavaScript counts exactly. */
export function writeCount(target: Buffer, value: number, offset: number): void {
  target.writeBigUInt64LE(BigInt(value), offset);
}

export function readCount(source: Buffer, offset: number): number | null {
  const value = source.readBigUInt64LE(offset);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}

/** Null where one of them is more than that. */
export function readCounts(source: Buffer, offsets: readonly number[]): readonly number[] | null {
  const counts = offsets.map((offset) => readCount(source, offset));
  return counts.every((count) => count !== null) ? counts : null;
}
