import type { FilterKeys, Query, QueryPart } from "./filter";

/**
 * A quick look before the scan: for every row a few hundred bits saying which pairs of letters its keys hold. A row
 * without a pair that the query needs cannot match, and that is seen in one sequential pass over numbers, without
 * touching the row (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970).
 */

/** Words of 32 bits for each row, and where those of each kind of key begin; the numbers of bits are powers of two. */
const TEXT = { from: 0, words: 16 } as const;
const PINYIN = { from: 16, words: 8 } as const;
const INITIALS = { from: 24, words: 4 } as const;
const WORDS = 28;
interface Section {
  readonly from: number;
  readonly words: number;
}

const lineFeed = 10;
const space = 32;
/** Stand before the letter in a pair that says where the letter is, not what is before it. */
const ALONE = 1;
const SYLLABLE = 2;
/** The same for two letters: added to the first of them. */
const WORD_BEGINS = 1 << 16;
const SYLLABLE_BEGINS = 2 << 16;
const FIRST_HAN = 0x2e80;

/** The bits of many rows, each at a number given by the caller. Grows as needed. */
export class GramTable {
  /** One column for each word of bits: a query looks at few of them, one after the other. */
  private columns = Array.from({ length: WORDS }, () => new Uint32Array(0));
  private readonly bits = new Uint32Array(WORDS);

  /** Sets the bits of a row in the place of what was there. */
  write(row: number, keys: FilterKeys): void {
    this.reserve(row + 1);
    writeGrams(keys, this.bits);
    for (const [word, column] of this.columns.entries()) column[row] = this.bits[word] ?? 0;
  }

  /** Whether a row that was written may match; false is certain, true is not. */
  mayMatch({ whole, parts }: QueryGrams, row: number): boolean {
    return this.hasOne(whole, row) || (parts.length > 0 && parts.every((ways) => this.hasOne(ways, row)));
  }

  private hasOne(ways: Ways, row: number): boolean {
    for (const needed of ways) {
      let hasAll = true;
      for (const { word, mask } of needed) {
        if (((this.columns[word]?.[row] ?? 0) & mask) === mask) continue;
        hasAll = false;
        break;
      }
      if (hasAll) return true;
    }
    return false;
  }

  private reserve(rows: number): void {
    const capacity = this.columns[0]?.length ?? 0;
    if (rows <= capacity) return;
    const wider = Math.max(rows, 2 * capacity, 256);
    this.columns = this.columns.map((column) => {
      const grown = new Uint32Array(wider);
      grown.set(column);
      return grown;
    });
  }
}

function writeGrams(keys: FilterKeys, bits: Uint32Array): void {
  bits.fill(0);
  const { text, pinyin, starts, initials } = keys;
  for (let place = 1; place < text.length; place++) {
    const letter = text.charCodeAt(place);
    const previous = before(text.charCodeAt(place - 1));
    set(bits, TEXT, previous, letter);
    if (previous === lineFeed) set(bits, TEXT, WORD_BEGINS + letter, text.charCodeAt(place + 1));
    if (letter >= FIRST_HAN) set(bits, TEXT, ALONE, letter);
  }
  for (let place = 1; place < pinyin.length; place++) {
    const letter = pinyin.charCodeAt(place);
    set(bits, PINYIN, pinyin.charCodeAt(place - 1), letter);
    if (starts.charCodeAt(place) === 0) continue;
    set(bits, PINYIN, SYLLABLE, letter);
    set(bits, PINYIN, SYLLABLE_BEGINS + letter, pinyin.charCodeAt(place + 1));
  }
  for (let place = 1; place < initials.length; place++) {
    set(bits, INITIALS, initials.charCodeAt(place - 1), initials.charCodeAt(place));
  }
}

/** Bits that must all be set, as words and what must be in them. */
type Needed = readonly { readonly word: number; readonly mask: number }[];
/** One of them is enough. */
type Ways = readonly Needed[];

/** What a row must hold to match a query. */
export interface QueryGrams {
  readonly whole: Ways;
  /** Where the whole is not found: each of its parts. */
  readonly parts: readonly Ways[];
}

export function gramsOf({ whole, parts }: Query): QueryGrams {
  return { whole: whole === undefined ? [[]] : waysOf(whole), parts: parts.map(waysOf) };
}

/** As in `filterMatch.ts`: what is looked for as a text, as pinyin and as initials. */
function waysOf(part: QueryPart): Ways {
  const ways = part.texts.map((text) => {
    const pairs = pairsOf(text, before);
    const first = text.charCodeAt(0);
    if (part.han) return text.length === 1 ? neededOf(TEXT, [[ALONE, first]]) : neededOf(TEXT, pairs);
    // Fewer than three letters are looked for only where a word begins.
    if (text.length === 1) return neededOf(TEXT, [[lineFeed, first]]);
    return neededOf(TEXT, text.length === 2 ? [[WORD_BEGINS + first, text.charCodeAt(1)]] : pairs);
  });
  const { pinyin, tones } = part;
  if (pinyin === "") return ways;
  const pairs = pairsOf(pinyin, (letter) => letter);
  const first = pinyin.charCodeAt(0);
  const begins: Pair = pinyin.length === 1 ? [lineFeed, first] : [SYLLABLE_BEGINS + first, pinyin.charCodeAt(1)];
  ways.push(neededOf(PINYIN, [[SYLLABLE, first], begins, ...pairs]));
  if (tones.length === 0 && pinyin.length > 1) ways.push(neededOf(INITIALS, pairs));
  return ways;
}

type Pair = readonly [before: number, letter: number];

function pairsOf(text: string, beforeOf: (letter: number) => number): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let place = 1; place < text.length; place++) {
    pairs.push([beforeOf(text.charCodeAt(place - 1)), text.charCodeAt(place)]);
  }
  return pairs;
}

function neededOf(section: Section, pairs: readonly Pair[]): Needed {
  const words = new Map<number, number>();
  for (const [first, second] of pairs) {
    const bit = bitOf(section, first, second);
    const word = section.from + (bit >>> 5);
    words.set(word, (words.get(word) ?? 0) | (1 << (bit & 31)));
  }
  // Compared with the outcome of a bitwise `and`, which is signed as well.
  return [...words].map(([word, mask]) => ({ word, mask: mask | 0 }));
}

/** A word begins after a space as it does at the beginning of a line. */
function before(letter: number): number {
  return letter === space ? lineFeed : letter;
}

function set(bits: Uint32Array, section: Section, first: number, second: number): void {
  const bit = bitOf(section, first, second);
  const word = section.from + (bit >>> 5);
  bits[word] = (bits[word] ?? 0) | (1 << (bit & 31));
}

/** Multiplicative hashing: the upper bits of the product are well mixed. */
function bitOf({ words }: Section, first: number, second: number): number {
  return (Math.imul(Math.imul(first, 31) + second, 0x9e3779b1) >>> 16) & (words * 32 - 1);
}
