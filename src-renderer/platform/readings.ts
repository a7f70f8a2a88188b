import { useEffect, useState } from "react";
import type { Client } from "../../src-main/shared/rpc";
import type { NotebookContract } from "../ports/notebook";
import { useNotebook } from "./notebook";

/** Longest text that readings are asked for (ports/notebook.ts). */
const LONGEST = 1_000;

/** `name`: of a person, whose surname may have a reading of its own; `text`: any other words. */
export type ReadingKind = "name" | "text";

/** The readings of Chinese words, the proposed one first; none for a blank, for what has none, or when none come. */
export async function readingsOf(
  notebook: Client<NotebookContract>,
  chinese: string,
  kind: ReadingKind,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const text = chinese.trim();
  if (text === "" || text.length > LONGEST) return [];
  try {
    return await notebook.request("readings", { text, kind }, { signal });
  } catch {
    // A proposal is a convenience: without one the words are saved all the same.
    return [];
  }
}

/** The readings of what is in the field now; none while they are on their way. */
export function useReadings(chinese: string, kind: ReadingKind): readonly string[] {
  const notebook = useNotebook();
  const [held, setHeld] = useState<{ chinese: string; readings: readonly string[] }>({ chinese: "", readings: [] });
  useEffect(() => {
    const controller = new AbortController();
    void readingsOf(notebook, chinese, kind, controller.signal).then((readings) => {
      if (!controller.signal.aborted) setHeld({ chinese, readings });
    });
    return () => {
      controller.abort();
    };
  }, [notebook, chinese, kind]);
  return held.chinese === chinese ? held.readings : [];
}
