/** MD5 (RFC 1321) without node:crypto, so that the model also runs in a browser. Not for secrets. */
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;
const table = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 4_294_967_296));
const wordIndex = Uint8Array.from({ length: 64 }, (_, round) => {
  if (round < 16) return round;
  if (round < 32) return (5 * round + 1) % 16;
  return round < 48 ? (3 * round + 5) % 16 : (7 * round) % 16;
});
const rotation = Uint8Array.from({ length: 64 }, (_, round) => shifts[(round >> 4) * 4 + (round & 3)] ?? 0);
const words = new Int32Array(16);
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function block(state: Int32Array, bytes: Uint8Array, start: number): void {
  for (let word = 0; word < 16; word++) {
    const at = start + word * 4;
    words[word] =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  for (let round = 0; round < 64; round++) {
    let mix: number;
    if (round < 16) mix = (b & c) | (~b & d);
    else if (round < 32) mix = (d & b) | (~d & c);
    else mix = round < 48 ? b ^ c ^ d : c ^ (b | ~d);
    const sum = (a + mix + (table[round] ?? 0) + (words[wordIndex[round] ?? 0] ?? 0)) | 0;
    const by = rotation[round] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << by) | (sum >>> (32 - by)))) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
}

/** The digest's 16 bytes of the first `length` bytes. `bytes` must have room for 72 more, which are overwritten. */
export function md5InPlace(bytes: Uint8Array, length: number): Uint8Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  const whole = ((length + 8) >> 6) * 64 + 64;
  bytes.fill(0, length, whole);
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(whole - 8, (length << 3) >>> 0, true);
  view.setUint32(whole - 4, Math.floor(length / 0x2000_0000), true);
  for (let start = 0; start < whole; start += 64) block(state, bytes, start);
  return new Uint8Array(state.buffer);
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hex[byte] ?? "";
  return text;
}

/** The hex digest of a text's UTF-8 bytes. */
export function md5Hex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const room = new Uint8Array(bytes.length + 72);
  room.set(bytes);
  return toHex(md5InPlace(room, bytes.length));
}
