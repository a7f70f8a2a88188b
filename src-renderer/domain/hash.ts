/**
 * FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/), over the UTF-16 units of a text, each as two bytes, low
 * byte first. 16 hexadecimal digits. For names that two devices must agree on, not for secrets.
 */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    value = BigInt.asUintN(64, (value ^ BigInt(unit & 0xff)) * 0x100000001b3n);
    value = BigInt.asUintN(64, (value ^ BigInt(unit >> 8)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
