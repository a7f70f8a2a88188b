/**
 * Bytes as a string of which every character is one of them, and back. `TextDecoder` has no such encoding: its `latin1`
 * is windows-1252, which reads 27 of the bytes as other characters. V8 keeps such a string in one byte a character, and
 * so does IndexedDB.
 */

/** Arguments of one call; more of them do not fit on the stack everywhere. */
const PART = 8192;

export function binaryOf(bytes: Uint8Array): string {
  if (bytes.length <= PART) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += PART) {
    parts.push(String.fromCharCode.apply(null, bytes.subarray(from, from + PART) as unknown as number[]));
  }
  return parts.join("");
}

/** Characters that are no byte lose their upper half: what is opened afterwards finds that out. */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
