import { useState } from "react";
import { KIT_WORDS, readWords } from "./words";

export interface KitWords {
  /** As typed. */
  readonly text: string;
  /** How many words are missing or too many was said, and nothing was typed since. */
  readonly isIncomplete: boolean;
  readonly setText: (text: string) => void;
  /** The words with one space between if as many as a kit has are there; otherwise null, and `isIncomplete` says so. */
  readonly check: () => string | null;
  /** Nothing of them stays in memory. */
  readonly clear: () => void;
}

/** The words of a recovery kit, typed from its sheet. */
export function useKitWords(): KitWords {
  const [text, setText] = useState("");
  const [isIncomplete, setIsIncomplete] = useState(false);
  return {
    text,
    isIncomplete,
    setText: (typed) => {
      setText(typed);
      setIsIncomplete(false);
    },
    check: () => {
      const read = readWords(text);
      setIsIncomplete(read.length !== KIT_WORDS);
      return read.length === KIT_WORDS ? read.join(" ") : null;
    },
    clear: () => {
      setText("");
      setIsIncomplete(false);
    },
  };
}
