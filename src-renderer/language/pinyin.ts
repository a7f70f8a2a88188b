import { foldHan, hasHan, isHan } from "./fold";
import { readingsOf, readRun } from "./hanReadings";
import { surnameLength } from "./surnames";

/** Pinyin as it is shown and stored: tone marks, names capitalised as people write them. */

/** Longer texts get no proposal: they are no names, and reading them would take noticeable time. */
const MAX_NAME = 64;
const MAX_READINGS = 12;

/** A run of Chinese characters, or the text between two of them. */
export interface Run {
  readonly han: boolean;
  readonly characters: readonly string[];
}

/** A text cut where Chinese characters begin and end. */
export function runsOf(text: string): readonly Run[] {
  const runs: { han: boolean; characters: string[] }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const chinese = isHan(character);
    if (last?.han === chinese) last.characters.push(character);
    else runs.push({ han: chinese, characters: [character] });
  }
  return runs;
}

/**
 * The pinyin of a Chinese name, surname first and apart, the given name joined: 单磊 Shàn Lěi, 欧阳修文 Ōuyáng Xiùwén.
 * Parts divided by a dot (吾尔开希·多莱特) are one word each. Empty when there is no Chinese character or the text is too
 * long to be a name. Rules: GB/T 28039-2011.
 */
export function proposeNamePinyin(name: string): string {
  return nameReadings(name, 1)[0] ?? "";
}

/** The pinyin of a text, syllables apart: 住建部 zhù jiàn bù. What is not Chinese stays as it is. */
export function textPinyin(text: string): string {
  return textReadings(text, 1)[0] ?? "";
}

/**
 * Every way to read a Chinese name or text that is worth offering: the proposed one first, then those with one
 * character read otherwise, then two. None when there is no Chinese character.
 */
export function readings(text: string, kind: "name" | "text"): readonly string[] {
  return kind === "name" ? nameReadings(text, MAX_READINGS) : textReadings(text, MAX_READINGS);
}

function nameReadings(name: string, limit: number): readonly string[] {
  const trimmed = name.normalize("NFKC").trim().replace(/\s+/gu, " ");
  if (trimmed.length > MAX_NAME || !hasHan(trimmed)) return [];
  const parts = splitName(trimmed);
  const hasDot = /[·•・‧]/u.test(trimmed);
  return written(parts, limit, (part, syllables) => {
    if (hasDot) return capitalised(syllables);
    const surname = surnameLength(foldHan(part.characters.join("")));
    const given = syllables.slice(surname);
    return [capitalised(syllables.slice(0, surname)), ...(given.length > 0 ? [capitalised(given)] : [])].join(" ");
  });
}

function textReadings(text: string, limit: number): readonly string[] {
  const trimmed = text.normalize("NFKC").trim().replace(/\s+/gu, " ");
  if (!hasHan(trimmed)) return [];
  return written(runsOf(trimmed), limit, (_, syllables) => syllables.join(" "), "text");
}

/** Spaces inside a Chinese name (张 三) are typography, not a border between two names. */
function splitName(name: string): readonly Run[] {
  return runsOf(name.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ""));
}

function written(
  runs: readonly Run[],
  limit: number,
  write: (run: Run, syllables: readonly string[]) => string,
  kind: "name" | "text" = "name",
): readonly string[] {
  const proposed = runs.map((run) => (run.han ? readRun(run.characters, kind) : []));
  const choices = limit === 1 ? [] : otherReadings(runs, proposed);
  const found = new Set<string>();
  for (const chosen of substitutions(proposed, choices)) {
    found.add(joinRuns(runs, chosen, write));
    if (found.size >= limit) break;
  }
  return [...found];
}

interface Choice {
  readonly run: number;
  readonly character: number;
  readonly reading: string;
}

function otherReadings(runs: readonly Run[], proposed: readonly (readonly string[])[]): readonly Choice[] {
  return runs.flatMap((run, index) =>
    run.han
      ? run.characters.flatMap((character, place) =>
          readingsOf(character)
            .filter((reading) => reading !== proposed[index]?.[place])
            .map((reading) => ({ run: index, character: place, reading })),
        )
      : [],
  );
}

/** The proposed readings, then with each other reading in turn, then with each two of them. */
function* substitutions(
  proposed: readonly (readonly string[])[],
  choices: readonly Choice[],
): Generator<readonly (readonly string[])[]> {
  yield proposed;
  for (const choice of choices) yield withChoice(proposed, choice);
  for (const [index, first] of choices.entries()) {
    for (const second of choices.slice(index + 1)) {
      if (first.run === second.run && first.character === second.character) continue;
      yield withChoice(withChoice(proposed, first), second);
    }
  }
}

function withChoice(proposed: readonly (readonly string[])[], choice: Choice): readonly (readonly string[])[] {
  return proposed.map((syllables, run) =>
    run === choice.run ? syllables.with(choice.character, choice.reading) : syllables,
  );
}

function joinRuns(
  runs: readonly Run[],
  chosen: readonly (readonly string[])[],
  write: (run: Run, syllables: readonly string[]) => string,
): string {
  return runs
    .map((run, index) => {
      if (!run.han) return run.characters.join("");
      // A character without a known reading stands for itself, to be corrected by hand.
      const syllables = run.characters.map((character, place) => chosen[index]?.[place] || character);
      const before = runs[index - 1]?.characters.at(-1) ?? "";
      const after = runs[index + 1]?.characters[0] ?? "";
      return (isWordLike(before) ? " " : "") + write(run, syllables) + (isWordLike(after) ? " " : "");
    })
    .join("");
}

function isWordLike(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** Syllables as one word. A syllable that begins with a, o or e is set off by an apostrophe (GB/T 16159): Jiàn'ān. */
function capitalised(syllables: readonly string[]): string {
  const word = syllables
    .map((syllable, index) => (index > 0 && /^[aoe]/u.test(syllable.normalize("NFD")) ? `'${syllable}` : syllable))
    .join("");
  const [first = ""] = word;
  return first.toLocaleUpperCase("en") + word.slice(first.length);
}
