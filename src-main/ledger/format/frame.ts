import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { readCount, writeCount, type FileKeys } from "./header";

const deflateAsync = promisify(deflateRaw);
const inflateAsync = promisify(inflateRaw);

/** What a frame holds. `entries`: history; `snapshot`: entries of a snapshot; `end`: counts; `facts`: JSON. */
export type FrameKind = "entries" | "snapshot" | "end" | "facts";

/** Lets reading go on behind damage. */
export const mark = Buffer.from([0xa5, 0x51, 0xe6, 0xf1]);
export const headLength = 46;
export const tagLength = 16;
export const linkLength = 16;
/** Of one text. A frame of several is closed at `frameTarget`. */
export const maxTextBytes = 64 * 1024 * 1024;
export const frameTarget = 1024 * 1024;
/** Of a frame's content, inflated or not: nothing larger is read into memory, whatever a file says. */
const maxPayload = maxTextBytes + 1024;
/** Less is not worth deflating. */
const smallestDeflated = 256;

const kinds: readonly FrameKind[] = ["entries", "snapshot", "end", "facts"];
const lastOfAppend = 1;
const deflated = 2;

export interface FrameHead {
  readonly kind: FrameKind;
  /** Nothing more of the same append follows: only then does the append count. */
  readonly last: boolean;
  readonly deflated: boolean;
  /** The position before its first entry. */
  readonly start: number;
  /** The chain up to here. */
  readonly link: Buffer;
  /** Of the whole frame, head and tag included. */
  readonly length: number;
}

export interface FrameContent {
  readonly kind: FrameKind;
  readonly last: boolean;
  readonly start: number;
  readonly payload: Buffer;
}

/** Reads the head of a frame; null where none begins. Nothing in it is proven before the frame is opened. */
export function readHead(bytes: Buffer): FrameHead | null {
  if (bytes.length < headLength || !bytes.subarray(0, mark.length).equals(mark)) return null;
  const sealedLength = bytes.readUInt32LE(4);
  const kind = kinds[bytes.readUInt8(8)];
  const flags = bytes.readUInt8(9);
  const start = readCount(bytes, 10);
  if (!kind || start === null || sealedLength > maxPayload || (flags & ~(lastOfAppend | deflated)) !== 0) return null;
  return {
    kind,
    last: (flags & lastOfAppend) !== 0,
    deflated: (flags & deflated) !== 0,
    start,
    link: bytes.subarray(18, 18 + linkLength),
    length: headLength + sealedLength + tagLength,
  };
}

export interface SealedFrame {
  readonly bytes: Buffer;
  /** The chain behind it. */
  readonly link: Buffer;
}

/**
 * Seals a frame by AES-256-GCM (NIST SP 800-38D), bound to its file's header and its own head. The nonce is random: a
 * file's key seals far fewer than 2^32 frames. `nonce` is given for test vectors alone.
 */
export function sealFrame(
  keys: FileKeys,
  content: FrameContent & { readonly deflated?: boolean; readonly link: Buffer; readonly nonce?: Buffer },
): SealedFrame {
  const head = Buffer.alloc(headLength);
  const nonce = content.nonce ?? randomBytes(12);
  mark.copy(head, 0);
  head.writeUInt32LE(content.payload.length, 4);
  head.writeUInt8(kinds.indexOf(content.kind), 8);
  head.writeUInt8((content.last ? lastOfAppend : 0) | (content.deflated ? deflated : 0), 9);
  writeCount(head, content.start, 10);
  content.link.copy(head, 18);
  nonce.copy(head, 34);
  const cipher = createCipheriv("aes-256-gcm", keys.seal, nonce).setAAD(Buffer.concat([keys.headerHash, head]));
  const sealed = [cipher.update(content.payload), cipher.final()];
  const tag = cipher.getAuthTag();
  return { bytes: Buffer.concat([head, ...sealed, tag]), link: nextLink(content.link, tag) };
}

/** Deflates where that makes it smaller, on another thread. */
export async function sealSmall(
  keys: FileKeys,
  content: FrameContent & { readonly link: Buffer },
): Promise<SealedFrame> {
  if (content.payload.length < smallestDeflated) return sealFrame(keys, content);
  const small = await deflateAsync(content.payload);
  if (small.length >= content.payload.length) return sealFrame(keys, content);
  return sealFrame(keys, { ...content, payload: small, deflated: true });
}

/** What a whole frame holds, still deflated if it is; null if it is damaged or not of this file. */
export function openSealed(keys: FileKeys, frame: Buffer): Buffer | null {
  const head = frame.subarray(0, headLength);
  const decipher = createDecipheriv("aes-256-gcm", keys.seal, head.subarray(34))
    .setAAD(Buffer.concat([keys.headerHash, head]))
    .setAuthTag(frame.subarray(-tagLength));
  try {
    const plain = decipher.update(frame.subarray(headLength, -tagLength));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

/** Like `openSealed`, inflated on another thread and never beyond the limit of a frame. */
export async function openFrame(keys: FileKeys, head: FrameHead, frame: Buffer): Promise<Buffer | null> {
  const plain = openSealed(keys, frame);
  if (!plain || !head.deflated) return plain;
  return inflateAsync(plain, { maxOutputLength: maxPayload }).catch(() => null);
}

/** SHA-256 of the chain so far and the tag, cut to 16 bytes: a frame missing, moved or exchanged shows in the next. */
export function nextLink(link: Buffer, tag: Buffer): Buffer {
  return createHash("sha256").update(link).update(tag).digest().subarray(0, linkLength);
}
