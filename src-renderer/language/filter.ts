import { foldSpelledOut, foldText, hasHan, joinWords } from "./fold";
import { matchInitials, matchPinyin, matchText } from "./filterMatch";
import { pinyinLines, type PinyinLine } from "./pinyinLines";
import { spell } from "./syllable";

/** The filter above every list: what is typed into it, what it looks at, and how well the two match. */

/** A text that a list is filtered by. `pinyin` is a reading that is known (typed or shipped); it comes first. */
export interface SearchText {
  readonly text: string;
  readonly kind: "zh-name" | "zh" | "latin" | "abbreviation" | "plain";
  readonly pinyin?: string | undefined;
}

/**
 * What the filter looks at for one row: strings made once, so that filtering ten thousand rows is a few scans. Lines
 * end with a line feed and the strings begin with one; earlier lines belong to earlier (more telling) texts.
 */
export interface FilterKeys {
  /** Folded texts, then other writings of them (run together, umlauts spelled out). */
  readonly text: string;
  /** Pinyin letters; from `othersFrom` on readings that are possible but not proposed. */
  readonly pinyin: string;
  /** As long as `pinyin`: where syllables begin, and their tones. */
  readonly starts: string;
  readonly othersFrom: number;
  /** First letters of syllables and of the words of names; from `otherInitialsFrom` on those of other readings. */
  readonly initials: string;
  readonly otherInitialsFrom: number;
}

/** What was typed, as pinyin. */
export interface TypedPinyin {
  /** Letters to look for; empty where it cannot be pinyin. */
  readonly pinyin: string;
  /** For each letter the tone given there, 0 for none; empty when no tone was given at all. */
  readonly tones: readonly number[];
  /** Places in `pinyin` where a syllable was said to end: by a space, an apostrophe or a tone number. */
  readonly breaks: readonly number[];
}
const noPinyin: TypedPinyin = { pinyin: "", tones: [], breaks: [] };

/** One thing that was typed. */
export interface QueryPart extends TypedPinyin {
  /** Folded writings, the one typed first. */
  readonly texts: readonly string[];
  readonly han: boolean;
}

export interface Query {
  /** All that was typed as one; undefined when nothing was. */
  readonly whole: QueryPart | undefined;
  /** Its words, when there are several: all must match, in any order. */
  readonly parts: readonly QueryPart[];
}

/** Characters of one text that are looked at. */
const MAX_TEXT = 2_000;
/** Longer texts are not also looked at run together. */
const MAX_JOINED = 200;
const smallWords: ReadonlySet<string> = new Set("of and the for on in de der den von van du la le".split(" "));

export function buildFilterKeys(texts: readonly SearchText[]): FilterKeys {
  const lines: string[] = [];
  const otherWritings: string[] = [];
  const proposed: PinyinLine[] = [];
  const others: PinyinLine[] = [];
  const wordInitials: string[] = [];
  for (const { text: whole, kind, pinyin } of texts) {
    const text = whole.slice(0, MAX_TEXT);
    const folded = foldText(text);
    if (folded === "") continue;
    lines.push(folded);
    const spelled = foldSpelledOut(text);
    if (spelled !== undefined) otherWritings.push(spelled);
    if (folded.includes(" ") && folded.length <= MAX_JOINED) otherWritings.push(joinWords(folded));
    if (hasHan(text)) {
      const read = pinyinLines(text.normalize("NFKC"), kind === "zh-name" ? "name" : "text", pinyin);
      proposed.push(...read.proposed);
      others.push(...read.others);
    } else if (kind === "latin" || kind === "zh-name") wordInitials.push(...initialsOfWords(folded));
  }
  const first = unique(proposed);
  const rest = unique(others, new Set(first.map((line) => line.letters + line.starts)));
  const initials = [...new Set([...first.map((line) => line.initials), ...wordInitials])];
  const otherInitials = [...new Set(rest.map((line) => line.initials))].filter((line) => !initials.includes(line));
  return {
    text: inLines([...lines, ...new Set(otherWritings)]),
    pinyin: inLines([...first, ...rest].map((line) => line.letters)),
    starts: inLines(
      [...first, ...rest].map((line) => line.starts),
      "\0",
    ),
    othersFrom: inLines(first.map((line) => line.letters)).length - 1,
    initials: inLines([...initials, ...otherInitials]),
    otherInitialsFrom: inLines(initials).length - 1,
  };
}

/** Reads what was typed into the filter. An empty query matches everything. */
export function parseQuery(raw: string): Query {
  const text = raw.slice(0, MAX_TEXT);
  const words = text
    .split(/\s+/u)
    .flatMap(scripts)
    .map(queryPart)
    .filter((part) => part !== undefined);
  return { whole: queryPart(text), parts: words.length > 1 ? words : [] };
}

/**
 * How well a row matches: 0 = not at all; higher is better. Whole names before beginnings, beginnings before words
 * inside, words before fragments, initials last; a row found by all words of the query but not by the query as a whole
 * comes after those found by the whole.
 */
export function score({ whole, parts }: Query, keys: FilterKeys): number {
  if (whole === undefined) return 1;
  const direct = scorePart(whole, keys);
  if (direct > 0 || parts.length === 0) return direct;
  let sum = 0;
  for (const part of parts) {
    const found = scorePart(part, keys);
    if (found === 0) return 0;
    sum += found;
  }
  return Math.max(1, Math.round(sum / parts.length / 2));
}

function scorePart(part: QueryPart, keys: FilterKeys): number {
  let best = 0;
  for (const text of part.texts) best = Math.max(best, matchText(text, part.han, keys.text));
  if (part.pinyin === "") return best;
  best = Math.max(best, matchPinyin(part, keys));
  return part.tones.length > 0 ? best : Math.max(best, matchInitials(part.pinyin, keys));
}

function queryPart(text: string): QueryPart | undefined {
  const folded = foldText(text);
  if (folded === "") return undefined;
  const spelled = foldSpelledOut(text);
  const joined = joinWords(folded);
  const writings = new Set([folded, ...(spelled === undefined ? [] : [spelled])]);
  const typed = hasHan(text) ? undefined : typedPinyin(text);
  if (joined !== folded && typed === undefined) writings.add(joined);
  return { texts: [...writings], han: hasHan(folded), ...(typed ?? noPinyin) };
}

/** The query as pinyin, if it consists of nothing but letters, tones and what stands between syllables. */
function typedPinyin(text: string): TypedPinyin | undefined {
  const plain = text.normalize("NFKC").trim();
  if (!/^(?:[a-z]\p{M}*:?[0-5]?['’\s-]*)+$/iu.test(plain.normalize("NFD"))) return undefined;
  const { letters, tones, breaks } = spell(plain);
  return {
    pinyin: letters,
    tones: tones.some((tone) => tone > 0) ? tones : [],
    breaks: [...breaks].filter((at) => at > 0),
  };
}

/** A word cut where Chinese and other characters meet: eu标准 is two words. */
function scripts(word: string): readonly string[] {
  return word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? [];
}

/** First letters of the words of a name, as written and with the last word first: Anna Weber aw, wa. */
function initialsOfWords(folded: string): readonly string[] {
  const words = folded.split(" ").filter((word) => !smallWords.has(word));
  const letters = words.map((word) => word[0] ?? "").join("");
  if (words.length < 2 || words.length > 8) return [];
  return words.length > 4 ? [letters] : [letters, (letters.at(-1) ?? "") + letters.slice(0, -1)];
}

function unique(lines: readonly PinyinLine[], seen = new Set<string>()): readonly PinyinLine[] {
  return lines.filter((line) => {
    const key = line.letters + line.starts;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function inLines(lines: readonly string[], end = "\n"): string {
  // Joined in one go: a text put together by + is a chain of pieces until it is first searched.
  return ["", ...lines, ""].join(end);
}
