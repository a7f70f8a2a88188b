import { randomBytes } from "node:crypto";
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as simplifiedChinese } from "@scure/bip39/wordlists/simplified-chinese.js";
import { failure, success, type Result } from "../shared/result";

/** 128 bits: twelve words of BIP39, the last of which carries four bits of checksum. */
const ENTROPY_BYTES = 16;
const WORDS = 12;

/** `word`: the first that is in no list, from 1; without it, words are missing, too many or out of order. */
export interface BadWords {
  readonly kind: "bad-words";
  readonly word?: number | undefined;
}

/** A recovery key that nobody had before; the bytes are the caller's to wipe. */
export function newRecoveryKey(): Buffer {
  return randomBytes(ENTROPY_BYTES);
}

/** The key as twelve English words with one space between. */
export function wordsOf(recoveryKey: Buffer): string {
  return entropyToMnemonic(recoveryKey, english);
}

/**
 * The key that typed or pasted words stand for. Case, spacing, full-width forms, numbers and punctuation between the
 * words do not matter; the words of the simplified Chinese list, with or without spaces, stand for the same keys.
 */
export function recoveryKeyOf(typed: string): Result<Buffer, BadWords> {
  const words = wordsIn(typed);
  const list = words.some((word) => isHan.test(word)) ? simplifiedChinese : english;
  const unknown = words.findIndex((word) => !list.includes(word));
  if (unknown >= 0) return failure({ kind: "bad-words", word: unknown + 1 });
  if (words.length !== WORDS) return failure({ kind: "bad-words" });
  try {
    return success(Buffer.from(mnemonicToEntropy(words.join(" "), list)));
  } catch {
    // The checksum does not fit.
    return failure({ kind: "bad-words" });
  }
}

const isHan = /\p{Script=Han}/u;

/** Each Chinese character is a word, and so is each run of other letters; all else only divides them. */
function wordsIn(typed: string): readonly string[] {
  return (
    typed
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{Script=Han}|(?:(?!\p{Script=Han})\p{L})+/gu) ?? []
  );
}
