import { useCallback, useMemo, useState } from "react";

export type Direction = "undo" | "redo";

/** What was decided in the review, as far as it can be taken back there. */
export interface OwnSteps {
  readonly can: Readonly<Record<Direction, boolean>>;
  /** One step was made. */
  readonly made: () => void;
  /** Takes the last one back, or does it again; nothing where there is none. */
  readonly take: (direction: Direction) => void;
}

interface Counts {
  readonly undo: number;
  readonly redo: number;
}

/** Counts the steps made here, so that the notebook's Undo goes no further back than to where the review was opened. */
export function useOwnSteps(onHistory: (direction: Direction) => void): OwnSteps {
  const [counts, setCounts] = useState<Counts>({ undo: 0, redo: 0 });
  const made = useCallback(() => {
    setCounts(({ undo }) => ({ undo: undo + 1, redo: 0 }));
  }, []);
  const take = useCallback(
    (direction: Direction) => {
      if (counts[direction] === 0) return;
      const by = direction === "undo" ? 1 : -1;
      setCounts(({ undo, redo }) => ({ undo: undo - by, redo: redo + by }));
      onHistory(direction);
    },
    [counts, onHistory],
  );
  const can = useMemo(() => ({ undo: counts.undo > 0, redo: counts.redo > 0 }), [counts]);
  return useMemo(() => ({ can, made, take }), [can, made, take]);
}
