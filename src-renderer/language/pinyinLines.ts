import { givenSyllables, readingsOf, readRun } from "./hanReadings";
import { runsOf } from "./pinyin";
import { spellings, toSyllable, type Syllable } from "./syllable";

/**
 * Pinyin laid out for searching. A line is one way to read a run of characters: its letters run together and, in a
 * second string of the same length, what begins at each letter: the character code 0 inside a syllable, else a code
 * made by `toneCode`.
 */
export interface PinyinLine {
  readonly letters: string;
  readonly starts: string;
  readonly initials: string;
}

export interface ReadLines {
  /** One line per run of characters: the reading that is known or proposed. */
  readonly proposed: readonly PinyinLine[];
  /** Lines with characters read otherwise. */
  readonly others: readonly PinyinLine[];
}

/**
 * Letters of all other lines of one run: bounds memory. Where all combinations fit they are laid out, as for every
 * name; in a longer text one character at a time is read otherwise.
 */
const MAX_OTHER_LETTERS = 1_000;
/** Characters of a run that are read; nobody types the pinyin of more. */
const MAX_RUN = 120;

/** The letters of a syllable and the tones it may have, the likelier reading's first. */
interface Option {
  readonly letters: string;
  readonly tones: readonly number[];
}

/** Lines of texts seen lately: job titles, departments and places are the same on many records. */
const recent = new Map<string, ReadLines>();
const MAX_RECENT = 2_000;
const MAX_RECENT_TEXT = 60;

/** Lines for every run of Chinese characters in a text. `given` is its pinyin if that is known. */
export function pinyinLines(text: string, kind: "name" | "text", given?: string): ReadLines {
  if (text.length > MAX_RECENT_TEXT || given !== undefined) return readLines(text, kind, given);
  const key = kind + text;
  const known = recent.get(key);
  if (known !== undefined) return known;
  if (recent.size >= MAX_RECENT) recent.clear();
  const lines = readLines(text, kind, undefined);
  recent.set(key, lines);
  return lines;
}

function readLines(text: string, kind: "name" | "text", given: string | undefined): ReadLines {
  const runs = runsOf(text).filter((run) => run.han);
  const characters = runs.flatMap((run) => run.characters);
  const cut = given === undefined ? undefined : givenSyllables(characters, given);
  const proposed: PinyinLine[] = [];
  const others: PinyinLine[] = [];
  let offset = 0;
  for (const run of runs) {
    const options = optionsOf(run.characters.slice(0, MAX_RUN), kind, cut?.slice(offset));
    offset += run.characters.length;
    const [first, ...rest] = combinations(options);
    if (first !== undefined) proposed.push(layOut(first));
    others.push(...bounded(rest));
  }
  return { proposed, others };
}

/** For each character its ways of being typed: the given one, the one proposed in context, then all others. */
function optionsOf(
  characters: readonly string[],
  kind: "name" | "text",
  given: readonly Syllable[] | undefined,
): readonly (readonly Option[])[] {
  const inContext = readRun(characters, kind);
  return characters.map((character, index) => {
    const context = inContext[index];
    const syllables = [
      ...(given?.[index] === undefined ? [] : [given[index]]),
      ...(context ? [toSyllable(context)] : []),
      ...readingsOf(character).map(toSyllable),
    ];
    const tonesByLetters = new Map<string, number[]>();
    for (const { letters, tone } of syllables) {
      for (const spelling of spellings(letters)) {
        const tones = tonesByLetters.get(spelling) ?? [];
        if (!tones.includes(tone)) tones.push(tone);
        tonesByLetters.set(spelling, tones);
      }
    }
    return [...tonesByLetters].map(([letters, tones]) => ({ letters, tones }));
  });
}

/** The first option of every character; then every other combination, or of many those that differ in one place. */
function* combinations(options: readonly (readonly Option[])[]): Generator<readonly Option[]> {
  const readable = options.filter((choices) => choices.length > 0);
  const first = readable.flatMap((choices) => choices[0] ?? []);
  if (first.length === 0) return;
  const combinationCount = readable.reduce((product, choices) => product * choices.length, 1);
  const letters = first.reduce((sum, option) => sum + option.letters.length, 0);
  if (combinationCount * letters <= MAX_OTHER_LETTERS) {
    yield* product(readable);
    return;
  }
  yield first;
  for (const [index, choices] of readable.entries()) {
    for (const option of choices.slice(1)) yield first.with(index, option);
  }
}

function product(options: readonly (readonly Option[])[]): readonly (readonly Option[])[] {
  return options.reduce<readonly (readonly Option[])[]>(
    (lines, choices) => lines.flatMap((line) => choices.map((option) => [...line, option])),
    [[]],
  );
}

function bounded(lines: Iterable<readonly Option[]>): readonly PinyinLine[] {
  const kept: PinyinLine[] = [];
  let letters = 0;
  for (const line of lines) {
    const laidOut = layOut(line);
    letters += laidOut.letters.length;
    if (letters > MAX_OTHER_LETTERS) break;
    kept.push(laidOut);
  }
  return kept;
}

function layOut(line: readonly Option[]): PinyinLine {
  let letters = "";
  let starts = "";
  let initials = "";
  for (const option of line) {
    letters += option.letters;
    starts += String.fromCharCode(toneCode(option.tones)) + "\0".repeat(option.letters.length - 1);
    initials += option.letters[0] ?? "";
  }
  return { letters, starts, initials };
}

/** The tones a syllable may have as bits 0 to 4, and its first, likeliest tone in bits 5 to 7. Never 0. */
function toneCode(tones: readonly number[]): number {
  const first = tones[0] ?? 0;
  const bits = tones.reduce((mask, tone) => mask | (tone === 0 ? 0b11111 : 1 << (tone - 1)), 0);
  return bits | (first << 5);
}

/** How well a syllable with this code takes a tone: 2 = its first reading has it, 1 = another one does, 0 = none. */
export function toneFit(code: number, tone: number): 0 | 1 | 2 {
  if (((code >> (tone - 1)) & 1) === 0) return 0;
  const first = code >> 5;
  return first === tone || first === 0 ? 2 : 1;
}
