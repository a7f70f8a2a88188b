import { useState } from "react";
import { SHORTEST_PASSPHRASE } from "../../../src-main/shared/keys";

export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
  readonly problem: "too-short" | "different" | null;
  readonly setFirst: (text: string) => void;
  readonly setSecond: (text: string) => void;
  /** The passphrase if it may be used; otherwise null, and `problem` says why. */
  readonly check: () => string | null;
  /** Nothing of it stays in memory. */
  readonly clear: () => void;
}

/** A passphrase typed twice. */
export function useNewPassphrase(): NewPassphrase {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [problem, setProblem] = useState<NewPassphrase["problem"]>(null);
  return {
    first,
    second,
    problem,
    setFirst: (text) => {
      setFirst(text);
      setProblem(null);
    },
    setSecond: (text) => {
      setSecond(text);
      setProblem(null);
    },
    check: () => {
      const found = [...first].length < SHORTEST_PASSPHRASE ? "too-short" : first !== second ? "different" : null;
      setProblem(found);
      return found === null ? first : null;
    },
    clear: () => {
      setFirst("");
      setSecond("");
      setProblem(null);
    },
  };
}
