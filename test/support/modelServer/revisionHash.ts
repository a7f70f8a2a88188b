import { Float, type JsonValue } from "./exactJson";
import { md5InPlace, toHex } from "./md5";
import { walk } from "./valueWalk";

/**
 * The revision that CouchDB itself gives: the MD5 of `term_to_binary([Deleted, OldStart, OldRev, Body, Atts],
 * [{minor_version, 1}])` (`couch_db:new_revid/1`) in Erlang's external term format. Equal documents on equal histories
 * get the revision that the recordings show, so replays compare revisions and do not normalise them.
 */
const encoder = new TextEncoder();
let bytes = new Uint8Array(1 << 16);
let length = 0;

function reserve(more: number): void {
  if (length + more + 80 <= bytes.length) return;
  const larger = new Uint8Array(Math.max(bytes.length * 2, length + more + 80));
  larger.set(bytes.subarray(0, length));
  bytes = larger;
}

function put(...values: readonly number[]): void {
  reserve(values.length);
  for (const value of values) bytes[length++] = value;
}

function putTagged(tag: number, size: number): void {
  reserve(5);
  bytes[length++] = tag;
  bytes[length++] = size >>> 24;
  bytes[length++] = size >>> 16;
  bytes[length++] = size >>> 8;
  bytes[length++] = size;
}

function putText(text: string): void {
  reserve(text.length * 3 + 5);
  const head = length;
  length += 5;
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) break;
    bytes[length++] = code;
  }
  if (at < text.length) length += encoder.encodeInto(text.slice(at), bytes.subarray(length)).written;
  const end = length;
  length = head;
  putTagged(109, end - head - 5);
  length = end;
}

function putAtom(name: string): void {
  put(100, 0, name.length);
  for (let at = 0; at < name.length; at++) put(name.charCodeAt(at));
}

function putBig(value: bigint): void {
  const digits: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 8n) digits.push(Number(rest & 255n));
  if (digits.length < 256) put(110, digits.length, value < 0n ? 1 : 0);
  else {
    putTagged(111, digits.length);
    put(value < 0n ? 1 : 0);
  }
  for (const digit of digits) put(digit);
}

function putInteger(value: number): void {
  if (value >= 0 && value < 256) put(97, value);
  else if (value === (value | 0)) putTagged(98, value);
  else putBig(BigInt(value));
}

const double = new DataView(new ArrayBuffer(8));
function putDouble(value: number): void {
  double.setFloat64(0, value);
  put(70);
  for (let at = 0; at < 8; at++) put(double.getUint8(at));
}

function putScalar(value: null | boolean | string | number | bigint | Float): void {
  if (typeof value === "string") putText(value);
  else if (typeof value === "number") putInteger(value);
  else if (typeof value === "bigint") putBig(value);
  else if (value instanceof Float) putDouble(value.value);
  else putAtom(String(value));
}

/** A list of bytes is written like an Erlang string. */
function isByteString(items: readonly JsonValue[]): boolean {
  return (
    items.length > 0 &&
    items.length < 65_536 &&
    items.every((item) => typeof item === "number" && item >= 0 && item < 256)
  );
}

function putValue(root: JsonValue): void {
  const ends: boolean[] = [];
  const skipped: boolean[] = [];
  walk(root, {
    scalar: (value) => {
      if (skipped.at(-1) === true) put(value as number);
      else putScalar(value);
    },
    openArray: (items) => {
      const text = isByteString(items);
      if (text) put(107, items.length >> 8, items.length & 255);
      else if (items.length > 0) putTagged(108, items.length);
      ends.push(!text);
      skipped.push(text);
    },
    closeArray: () => {
      skipped.pop();
      if (ends.pop() === true) put(106);
    },
    openObject: (size) => {
      put(104, 1);
      if (size > 0) putTagged(108, size);
      skipped.push(false);
    },
    closeObject: () => {
      skipped.pop();
      put(106);
    },
    name: (name) => {
      put(104, 2);
      putText(name);
    },
    item: () => undefined,
  });
}

export interface AttachmentDigest {
  readonly name: string;
  readonly type: string;
  readonly md5: Uint8Array;
}

function putBinary(binary: Uint8Array): void {
  putTagged(109, binary.length);
  reserve(binary.length);
  bytes.set(binary, length);
  length += binary.length;
}

function putAttachments(attachments: readonly AttachmentDigest[]): void {
  if (attachments.length > 0) {
    putTagged(108, attachments.length);
    for (const { name, type, md5 } of attachments) {
      put(104, 3);
      putText(name);
      putText(type);
      putBinary(md5);
    }
  }
  put(106);
}

/** The 32 hex digits of the revision after `parent`; `body` is the document without its special fields. */
export function revisionHash(
  deleted: boolean,
  parent: { readonly pos: number; readonly id: string } | null,
  body: JsonValue,
  attachments: readonly AttachmentDigest[] = [],
): string {
  length = 0;
  put(131);
  putTagged(108, 5);
  putAtom(deleted ? "true" : "false");
  putInteger(parent?.pos ?? 0);
  if (parent === null) putInteger(0);
  else if (/^[0-9a-f]{32}$/.test(parent.id))
    putBinary(Uint8Array.from(parent.id.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
  else putText(parent.id);
  putValue(body);
  putAttachments(attachments);
  put(106);
  return toHex(md5InPlace(bytes, length));
}
