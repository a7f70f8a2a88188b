import { SHORTEST_PASSPHRASE } from "../../../src-main/shared/keys";

/** How well a passphrase stands against a computer that guesses; told in words. */
export type Strength = "short" | "weak" | "fair" | "strong";

/**
 * Bits that a guesser has to find, above which a passphrase counts as fair or strong. With Argon2id at 64 MiB a machine
 * with a hundred graphics cards looks at some hundred thousand a second: 2^40 lasts it months, 2^56 thousands of years.
 */
const FAIR = 40;
const STRONG = 56;

/** One word of a list of about 4,000, as guessers know them. */
const BITS_A_WORD = 12;

const often = [
  "password",
  "passwort",
  "passphrase",
  "qwerty",
  "azerty",
  "letmein",
  "welcome",
  "iloveyou",
  "woaini",
  "mima",
  "admin",
  "notebook",
  "qiao",
  "beijing",
  "brussels",
];

/** Neighbours on the keyboard or in the alphabet, which are guessed as one. */
const runs = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc"];

/** An estimate that rather says too little: whole words, rows of keys and repetitions count as one guess each. */
export function strengthOf(passphrase: string): Strength {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) return "short";
  const bits = bitsOf(passphrase);
  return bits >= STRONG ? "strong" : bits >= FAIR ? "fair" : "weak";
}

function bitsOf(passphrase: string): number {
  const parts = passphrase.toLowerCase().match(/[a-z]+|[0-9]+|\p{Script=Han}+|[^a-z0-9\p{Script=Han}\s]+/gu) ?? [];
  // The same part again adds nothing; that the kind of character changes here and not there is one thing more to find.
  const bits = [...new Set(parts)].map((part) => bitsOfPart(part) + 1).reduce((sum, each) => sum + each, 0);
  const hasBothCases = /[a-z]/.test(passphrase) && /[A-Z]/.test(passphrase.slice(1));
  return bits + (hasBothCases ? 4 : 0);
}

function bitsOfPart(part: string): number {
  const rest = often.reduce((text, word) => text.replace(word, "\u0000"), part);
  const length = [...rest].length;
  if (length >= 3 && (new Set(rest).size <= 2 || isRun(rest))) return Math.min(8, 2 * length);
  if (/^\p{Script=Han}+$/u.test(rest)) return length * 6;
  if (/^[0-9]+$/.test(rest)) return length * 3;
  // Letters in a row are mostly a word; what is longer than words are is several, or none at all.
  if (/^[a-z\u0000]+$/.test(rest)) return length <= 8 ? Math.min(length * 4, BITS_A_WORD) : length * 2;
  return length * 4;
}

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join("");
  return runs.some((run) => run.includes(text) || run.includes(backwards));
}
