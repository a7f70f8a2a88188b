import { binaryOf, bytesOf } from "./binaryString";

/** Every page, worker and Node has both; this code is compiled without the types of any of them. */
declare function atob(base64: string): string;
declare function btoa(binary: string): string;

/**
 * Base64 (RFC 4648) of any number of bytes, and back. By way of a binary string, since Electron's own `toBase64` is too
 * new: to make the bytes character by character takes thirty times as long, and every note that is read is decoded.
 */
export function base64Of(bytes: Uint8Array): string {
  return btoa(binaryOf(bytes));
}

/** Throws where the text is no base64. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return bytesOf(atob(base64));
}
