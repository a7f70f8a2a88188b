import { uint8ArrayToBase64 } from "uint8array-extras";

/**
 * Bytes encoded at a time. uint8array-extras passes every byte of a block of 65,535 as an argument of its own, which
 * overflows the smaller stack of a worker. Divisible by 3, so that no piece but the last is padded.
 */
const PIECE = 12_288;

/** Base64 (RFC 4648) of any number of bytes, in a page and in a worker. `base64ToUint8Array` reads it back. */
export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += PIECE) text += uint8ArrayToBase64(bytes.subarray(from, from + PIECE));
  return text;
}
