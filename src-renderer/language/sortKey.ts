import { foldText } from "./fold";
import { givenSyllables, readRun } from "./hanReadings";
import { runsOf } from "./pinyin";
import { toSyllable } from "./syllable";

/**
 * One order for names in both scripts: Latin names and the pinyin of Chinese ones as in one telephone book. Characters
 * that sound alike stand together (the surnames 李 before 黎), then tones decide, then the text itself, so that the order
 * is the same on every computer.
 */

/** Characters that take part; names are shorter. */
const MAX_TEXT = 200;
/** Sorts behind every other text. */
const last = "\uffff";
/** Between the parts of a key: sorts before everything else, so that a shorter name comes before a longer one. */
const border = "\0";

/** A text whose code unit order is the order of the list. `pinyin` is a reading that is known. Empty names are last. */
export function sortKey(text: string, kind: "name" | "text", pinyin?: string): string {
  const shown = text.normalize("NFKC").trim().slice(0, MAX_TEXT);
  if (shown === "") return last;
  const runs = runsOf(shown);
  const characters = runs.flatMap((run) => (run.han ? run.characters : []));
  const known = pinyin === undefined ? undefined : givenSyllables(characters, pinyin);
  let offset = 0;
  let letters = "";
  let tones = "";
  for (const run of runs) {
    if (!run.han) {
      letters += ` ${foldText(run.characters.join(""))}`;
      continue;
    }
    const inContext = readRun(run.characters, kind);
    for (const [index, character] of run.characters.entries()) {
      const reading = inContext[index];
      const syllable = known?.[offset + index] ?? (reading ? toSyllable(reading) : undefined);
      // A character of unknown reading sorts behind all Latin letters, by its code.
      letters += ` ${syllable?.letters ?? character}`;
      tones += `${String(syllable?.tone ?? 0)}${character}`;
    }
    offset += run.characters.length;
  }
  return [letters.trim() || last, tones, shown].join(border);
}

/** Compares two keys; total, and independent of the language of the computer. */
export function compareSortKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
