import { toneFit } from "./pinyinLines";

/**
 * The scans behind the filter. Each finds the best place of a needle in the lines of a row and says how good it is;
 * points fall with every line further down and every letter that the line has besides.
 */

const points = {
  exact: 1000,
  exactPinyin: 950,
  prefix: 850,
  prefixPinyin: 800,
  word: 700,
  syllable: 650,
  fragment: 450,
  exactInitials: 350,
  prefixInitials: 250,
  initials: 200,
} as const;

/** Below the distance between two classes, so that a better class always wins. */
const MAX_PENALTY = 45;
const OTHER_READING = 20;
const OTHER_TONE = 10;
const OPEN_SYLLABLE = 5;
/** Fewer letters than this are looked for only where a word begins. */
const MIN_FRAGMENT = 3;
const lineFeed = 10;
const space = 32;

/** Looks for a folded text. Chinese matches anywhere, other scripts where a word begins, or as three letters inside. */
export function matchText(needle: string, han: boolean, lines: string): number {
  let prefix = -1;
  let word = -1;
  const first = lines.indexOf(needle);
  for (let found = first; found >= 0; found = lines.indexOf(needle, found + 1)) {
    const previous = lines.charCodeAt(found - 1);
    if (previous === lineFeed) {
      if (lines.charCodeAt(found + needle.length) === lineFeed) return points.exact - penalty(lines, found, needle);
      if (prefix < 0) prefix = found;
    } else if (word < 0 && (han || previous === space)) word = found;
  }
  if (prefix >= 0) return points.prefix - penalty(lines, prefix, needle);
  if (word >= 0) return points.word - penalty(lines, word, needle);
  return first < 0 || needle.length < MIN_FRAGMENT ? 0 : points.fragment - penalty(lines, first, needle);
}

interface Typed {
  readonly pinyin: string;
  readonly tones: readonly number[];
  readonly breaks: readonly number[];
}
interface PinyinKeys {
  readonly pinyin: string;
  readonly starts: string;
  readonly othersFrom: number;
}

/** Looks for pinyin letters where a syllable begins; the last syllable may be typed in part, unless it was ended. */
export function matchPinyin(typed: Typed, { pinyin, starts, othersFrom }: PinyinKeys): number {
  const { pinyin: needle, tones, breaks } = typed;
  let best = 0;
  for (let found = pinyin.indexOf(needle); found >= 0; found = pinyin.indexOf(needle, found + 1)) {
    if (starts.charCodeAt(found) === 0) continue;
    const atStart = pinyin.charCodeAt(found - 1) === lineFeed;
    if (needle.length === 1 && !atStart) continue;
    const fit = tonesFit(tones, starts, found);
    if (fit === 0) continue;
    const end = found + needle.length;
    if (breaks.some((at) => starts.charCodeAt(found + at) === 0 && pinyin.charCodeAt(found + at) !== lineFeed))
      continue;
    const atEnd = pinyin.charCodeAt(end) === lineFeed;
    const base = atStart ? (atEnd ? points.exactPinyin : points.prefixPinyin) : points.syllable;
    const open = !atEnd && starts.charCodeAt(end) === 0 ? OPEN_SYLLABLE : 0;
    const less = open + (fit === 2 ? 0 : OTHER_TONE) + (found > othersFrom ? OTHER_READING : 0);
    best = Math.max(best, base - Math.min(MAX_PENALTY, less + penalty(pinyin, found, needle)));
  }
  return best;
}

interface InitialsKeys {
  readonly initials: string;
  readonly otherInitialsFrom: number;
}

/** Looks for initials, two at least. */
export function matchInitials(needle: string, { initials, otherInitialsFrom }: InitialsKeys): number {
  if (needle.length < 2) return 0;
  const found = initials.indexOf(needle);
  if (found < 0) return 0;
  const exact = initials.indexOf(`\n${needle}\n`);
  const prefix = exact >= 0 ? exact : initials.indexOf(`\n${needle}`);
  const place = prefix >= 0 ? prefix + 1 : found;
  const base = exact >= 0 ? points.exactInitials : prefix >= 0 ? points.prefixInitials : points.initials;
  const less = (place > otherInitialsFrom ? OTHER_READING : 0) + penalty(initials, place, needle);
  return base - Math.min(MAX_PENALTY, less);
}

/** How well the tones typed fit the syllables found: as `toneFit`, the worst of all. */
function tonesFit(tones: readonly number[], starts: string, found: number): 0 | 1 | 2 {
  let worst: 0 | 1 | 2 = 2;
  for (let index = 0; index < tones.length; index++) {
    const tone = tones[index] ?? 0;
    if (tone === 0) continue;
    let start = found + index;
    while (starts.charCodeAt(start) === 0) start -= 1;
    const fit = toneFit(starts.charCodeAt(start), tone);
    if (fit === 0) return 0;
    if (fit < worst) worst = fit;
  }
  return worst;
}

/** Lines above the place (at most 20) and, more gently, letters of its line that the needle does not cover. */
function penalty(lines: string, place: number, needle: string): number {
  let above = 0;
  let start = 1;
  // The lines are short and the place is near the top: letter by letter is faster than calls that search.
  for (let at = 1; at < place; at++) {
    if (lines.charCodeAt(at) !== lineFeed) continue;
    start = at + 1;
    if (above < 20) above += 1;
  }
  const end = lines.indexOf("\n", place);
  const uncovered = (end < 0 ? lines.length : end) - start - needle.length;
  return above + Math.min(20, uncovered / 4);
}
