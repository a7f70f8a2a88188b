import { foldPairs } from "./foldTable";

/**
 * Folding: the form in which texts are compared, so that 標準 is found by 标准, Müller by muller and ＧＢ／Ｔ by gb/t. For
 * comparing only, never for display.
 */

const simplifiedOf = readPairs(foldPairs);
const han = /\p{Script=Han}/u;
const nonAscii = /[^\0-\x7f]/;
const marks = /\p{M}/gu;
/** Inside a word they are written or left out at will: O'Brien, Xi'an. */
const apostrophes = /['’‘ʼ`´′＇]/g;
/** Letters, digits and pictures stay; all else parts words. */
const separators = /[^\p{L}\p{N}\p{So}]+/gu;
const scriptBorder = /(?<=\p{Script=Han})(?=[^\p{Script=Han} ])|(?<=[^\p{Script=Han} ])(?=\p{Script=Han})/gu;

/** Letters that Unicode does not decompose into a base letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ς: "σ",
};
const specialLetter = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

/** The way German and Danish names are written where a keyboard lacks the letter. */
const spelledOut: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
const spelledLetter = /[äöüøå]/g;

/** Whether a character (one code point) is Chinese, extensions such as 𠮷 (U+20BB7) included. */
export function isHan(character: string): boolean {
  return han.test(character);
}

export function hasHan(text: string): boolean {
  return nonAscii.test(text) && han.test(text);
}

/** Each traditional or variant character as its simplified one; everything else unchanged. As many code points. */
export function foldHan(text: string): string {
  if (!hasHan(text)) return text;
  let folded = "";
  for (const character of text) folded += simplifiedOf.get(character) ?? character;
  return folded;
}

/** Words in lower case without marks, simplified, one space between words and between scripts. Idempotent. */
export function foldText(text: string): string {
  let folded = nonAscii.test(text) ? foldLetters(text) : text.toLowerCase();
  folded = folded.replace(apostrophes, "").replace(separators, " ");
  if (hasHan(folded)) folded = folded.replace(scriptBorder, " ");
  return folded.trim();
}

/**
 * The folded text with ä, ö, ü, ø and å spelled out (Müller as mueller, Østergård as oestergaard); undefined when the
 * text has none of them.
 */
export function foldSpelledOut(text: string): string | undefined {
  const lower = text.normalize("NFKC").toLowerCase();
  const spelled = lower.replace(spelledLetter, (letter) => spelledOut[letter] ?? letter);
  return spelled === lower ? undefined : foldText(spelled);
}

/** Folded words run together: gb/t as gbt, 138 1234 as 1381234. */
export function joinWords(folded: string): string {
  return folded.replaceAll(" ", "");
}

function foldLetters(text: string): string {
  const bare = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(marks, "").normalize("NFC");
  return foldHan(bare.replace(specialLetter, (letter) => plainLetters[letter] ?? letter));
}

function readPairs(lines: readonly string[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const line of lines) {
    const characters = Array.from(line);
    for (let index = 0; index + 1 < characters.length; index += 2) {
      pairs.set(characters[index] ?? "", characters[index + 1] ?? "");
    }
  }
  return pairs;
}
