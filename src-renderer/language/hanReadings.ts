import { pinyin } from "pinyin-pro";
import { foldHan } from "./fold";
import { surnameLength, surnameReading } from "./surnames";
import { cutSyllables, spell, toSyllable, type Syllable } from "./syllable";

/** How Chinese characters are read, alone and in a text. Readings are syllables with tone marks, in lower case. */

/** Readings that pinyin-pro lacks, of characters seen in names. Source: Unihan kMandarin. */
const missingReadings: ReadonlyMap<string, string> = new Map([
  ["𠮷", "jí"],
  ["㐂", "xǐ"],
]);

/** Longer texts are read without the pinyin that came with them. */
const MAX_GIVEN = 120;

const known = new Map<string, readonly string[]>();

/** All readings of one character, the commonest first; none for one that has none on record. */
export function readingsOf(character: string): readonly string[] {
  const cached = known.get(character);
  if (cached !== undefined) return cached;
  const missing = missingReadings.get(character);
  const found =
    missing !== undefined
      ? [missing]
      : pinyin(character, { multiple: true, type: "array" }).filter((reading) => reading !== character);
  known.set(character, found);
  return found;
}

/**
 * One reading per character of a run of Chinese characters, chosen by the words around it; `name` reads the beginning
 * as a surname. An empty text stands for a character whose reading is not known. Original tones (GB/T 16159: 不 and 一
 * are written bù and yī whatever follows).
 */
export function readRun(run: readonly string[], kind: "name" | "text"): readonly string[] {
  const simplified = Array.from(foldHan(run.join("")));
  const inWords = read(simplified, kind);
  const asWritten = run.some((character, index) => character !== simplified[index]) ? read(run, kind) : inWords;
  return run.map((character, index) => {
    const reading = inWords[index] ?? "";
    if (character === simplified[index]) return reading;
    return readsAlike(character, simplified[index] ?? "", reading) ? reading : (asWritten[index] ?? reading);
  });
}

/** Whether a character may be read like its simplified form: 單 like 单, but not 乾 (qián) like 干. */
function readsAlike(character: string, simplified: string, reading: string): boolean {
  const own = readingsOf(character);
  const other = readingsOf(simplified);
  return own.includes(reading) && own.every((one) => other.includes(one));
}

/** A known pinyin cut into one syllable for each character; undefined where it does not fit them. */
export function givenSyllables(characters: readonly string[], pinyin: string): readonly Syllable[] | undefined {
  if (characters.length > MAX_GIVEN) return undefined;
  const known = characters.map((character) => readingsOf(character).map(toSyllable));
  return cutSyllables(spell(pinyin), known);
}

function read(run: readonly string[], kind: "name" | "text"): readonly string[] {
  const text = run.join("");
  const found = pinyin(text, { type: "array", toneSandhi: false, surname: kind === "name" ? "head" : "off" });
  // One syllable for each character is what pinyin-pro promises; should it ever differ, each is read alone.
  const inContext = found.length === run.length ? found : run.map((character) => readingsOf(character)[0] ?? "");
  const readings = run.map((character, index) => {
    const reading = inContext[index] ?? "";
    return reading === character ? (readingsOf(character)[0] ?? "") : reading;
  });
  if (kind === "name" && surnameLength(text) === 1) {
    const exception = surnameReading(run[0] ?? "");
    if (exception !== undefined) readings[0] = exception;
  }
  return readings;
}
