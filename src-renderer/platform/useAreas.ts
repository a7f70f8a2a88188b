import { useEffect } from "react";
import type { OutlineRow } from "../ports/notebook";
import { useOutline } from "./useOutline";

const none: readonly never[] = [];

/** All areas as a tree, superior before subordinates; null until they are known. There are a few dozen of them. */
export function useAreas(): readonly OutlineRow[] | null {
  const outline = useOutline("area", none);
  const { total, showRange } = outline;
  useEffect(() => {
    showRange(0, Math.max(0, total - 1));
  }, [showRange, total]);
  if (outline.loading) return null;
  const rows: OutlineRow[] = [];
  for (let index = 0; index < total; index += 1) {
    const row = outline.rowAt(index);
    if (row) rows.push(row);
  }
  return rows;
}
