import { binaryOf, bytesOf } from "../domain/binaryString";
import type { Binding, Sealer } from "./sealer";

/**
 * Seals rows by AES-256-GCM of the Web Cryptography API (NIST SP 800-38D), one operation per row written or read.
 *
 * A sealed row is a binary string, every character one byte: a byte that says how the text was encoded, 12 bytes of
 * nonce, the ciphertext, 16 bytes of tag. A string, because RxDB turns every other binary value into something else;
 * binary, because base64 costs a third more of time and room.
 *
 * Nonces are random: section 8.3 of SP 800-38D then allows 2^32 texts under one key, so that two equal nonces stay less
 * likely than 2^-32. At a thousand rows an hour, day and night, that is four centuries; changing the root key begins
 * anew. What a text belongs to (id, type, v) and its encoding are authenticated with it: a row cannot be put in the place
 * of another.
 */
export function aesSealer(key: CryptoKey): Sealer {
  const nonces = new Nonces();
  return {
    seal: async (text, binding) => {
      const encoding = encodingOf(text);
      const nonce = nonces.next();
      const additionalData = additionalDataOf(encoding, binding);
      const params = { name: "AES-GCM", iv: nonce, additionalData, tagLength: TAG * 8 };
      const sealed = await crypto.subtle.encrypt(params, key, encode(text, encoding));
      return String.fromCharCode(encoding) + binaryOf(nonce) + binaryOf(new Uint8Array(sealed));
    },
    open: async (sealed, binding) => {
      const bytes = bytesOf(sealed);
      const [encoding] = bytes;
      if ((encoding !== UTF8 && encoding !== UTF16) || bytes.length < 1 + NONCE + TAG) {
        throw new Error("not sealed by this version");
      }
      const iv = bytes.subarray(1, 1 + NONCE);
      const additionalData = additionalDataOf(encoding, binding);
      const params = { name: "AES-GCM", iv, additionalData, tagLength: TAG * 8 };
      return decode(await crypto.subtle.decrypt(params, key, bytes.subarray(1 + NONCE)), encoding);
    },
  };
}

/**
 * The store's key as nothing but a handle: it cannot be read out again, and the 32 bytes that it came in are wiped.
 */
export async function importStoreKey(bytes: Uint8Array): Promise<CryptoKey> {
  const own = new Uint8Array(bytes);
  bytes.fill(0);
  try {
    return await crypto.subtle.importKey("raw", own, "AES-GCM", false, ["encrypt", "decrypt"]);
  } finally {
    own.fill(0);
  }
}

/** The first byte of a sealed row. Another form takes another number. */
const UTF8 = 1;
/** UTF-8 cannot hold half a surrogate pair, and a text must come back exactly as it was given. */
const UTF16 = 2;
type Encoding = typeof UTF8 | typeof UTF16;

const NONCE = 12;
const TAG = 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function encodingOf(text: string): Encoding {
  return text.isWellFormed() ? UTF8 : UTF16;
}

function encode(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  if (encoding === UTF8) return encoder.encode(text);
  const units = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) units.setUint16(at * 2, text.charCodeAt(at), true);
  return new Uint8Array(units.buffer);
}

function decode(bytes: ArrayBuffer, encoding: Encoding): string {
  if (encoding === UTF8) return decoder.decode(bytes);
  const units = new DataView(bytes);
  let text = "";
  for (let at = 0; at + 1 < bytes.byteLength; at += 2) text += String.fromCharCode(units.getUint16(at, true));
  return text;
}

/** As JSON, so that no two bindings come to the same text. */
function additionalDataOf(encoding: Encoding, { id, type, v }: Binding): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(["qiao row", encoding, id, type, v]));
}

/** Random nonces, drawn many at a time: asking for each by itself costs more than sealing a short row. */
class Nonces {
  private drawn = new Uint8Array(NONCE * 256);
  private at = this.drawn.length;

  next(): Uint8Array<ArrayBuffer> {
    if (this.at === this.drawn.length) {
      this.drawn = crypto.getRandomValues(new Uint8Array(NONCE * 256));
      this.at = 0;
    }
    this.at += NONCE;
    return this.drawn.subarray(this.at - NONCE, this.at);
  }
}
