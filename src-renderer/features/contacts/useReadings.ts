import { useEffect, useState } from "react";
import type { Client } from "../../../src-main/shared/rpc";
import { useNotebook } from "../../platform/notebook";
import type { NotebookContract } from "../../ports/notebook";

/** Longest text that readings are asked for (ports/notebook.ts). */
const LONGEST = 1_000;

/** The readings of a Chinese name, the proposed one first; none for a blank, for what has none, or when none come. */
export async function readingsOf(
  notebook: Client<NotebookContract>,
  name: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const text = name.trim();
  if (text === "" || text.length > LONGEST) return [];
  try {
    return await notebook.request("readings", { text, kind: "name" }, { signal });
  } catch {
    // A proposal is a convenience: without one the name is saved all the same.
    return [];
  }
}

/** The readings of the name in the field now; none while they are on their way. */
export function useReadings(name: string): readonly string[] {
  const notebook = useNotebook();
  const [held, setHeld] = useState<{ name: string; readings: readonly string[] }>({ name: "", readings: [] });
  useEffect(() => {
    const controller = new AbortController();
    void readingsOf(notebook, name, controller.signal).then((readings) => {
      if (!controller.signal.aborted) setHeld({ name, readings });
    });
    return () => {
      controller.abort();
    };
  }, [notebook, name]);
  return held.name === name ? held.readings : [];
}
