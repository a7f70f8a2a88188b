import type { RecordId } from "../domain/ids";
import type { OutlineRow } from "../ports/notebook";
import type { TreePlace } from "./ListRow";

/** How far siblings are counted; beyond it their number is not said. */
const FARTHEST = 1_000;

type RowAt = (index: number) => OutlineRow | undefined;

/** Places of the rows of a tree as it stands now; each is found once. */
export function treePlaces(
  rowAt: RowAt,
  total: number,
  isCollapsed: (id: RecordId) => boolean,
): (index: number) => TreePlace {
  const known = new Map<number, TreePlace>();
  return (index) => {
    const place = known.get(index) ?? treePlaceAt(rowAt, total, index, isCollapsed);
    known.set(index, place);
    return place;
  };
}

/** The place of a row in its tree, for screen readers: level, whether it is open, and which of its siblings it is. */
function treePlaceAt(rowAt: RowAt, total: number, index: number, isCollapsed: (id: RecordId) => boolean): TreePlace {
  const here = rowAt(index);
  if (!here) return { depth: 0, expanded: null };
  const before = siblingsOn(rowAt, total, index, -1);
  const after = siblingsOn(rowAt, total, index, 1);
  return {
    depth: here.depth,
    expanded: here.below === 0 ? null : !isCollapsed(here.row.id),
    position: before === undefined ? undefined : before + 1,
    siblings: before === undefined || after === undefined ? undefined : before + 1 + after,
  };
}

/** Siblings on one side; undefined where a row between is not loaded, or there are too many to count. */
function siblingsOn(rowAt: RowAt, total: number, index: number, step: 1 | -1): number | undefined {
  const depth = rowAt(index)?.depth ?? 0;
  let found = 0;
  for (let at = index + step; at >= 0 && at < total; at += step) {
    const row = Math.abs(at - index) > FARTHEST ? undefined : rowAt(at);
    if (!row) return undefined;
    if (row.depth < depth) break;
    if (row.depth === depth) found += 1;
  }
  return found;
}

/** The superior of a row among those shown; undefined for a root, or where it is not loaded. */
export function superiorIndex(rowAt: RowAt, index: number): number | undefined {
  const depth = rowAt(index)?.depth ?? 0;
  if (depth === 0) return undefined;
  for (let at = index - 1; at >= 0; at -= 1) {
    const row = rowAt(at);
    if (!row) return undefined;
    if (row.depth < depth) return at;
  }
  return undefined;
}

/** The row before that has no superior among those shown; null for the first one, undefined where it is not loaded. */
export function rootBefore(rowAt: RowAt, index: number): OutlineRow | null | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const row = rowAt(at);
    if (!row || row.depth === 0) return row;
  }
  return null;
}

/** Those with the same superior that have something below them: what `*` opens. */
export function openableSiblings(rowAt: RowAt, total: number, index: number): readonly RecordId[] {
  const depth = rowAt(index)?.depth ?? 0;
  const ids: RecordId[] = [];
  const look = (step: 1 | -1, from: number): void => {
    for (let at = from; at >= 0 && at < total; at += step) {
      const row = rowAt(at);
      if (!row || row.depth < depth) return;
      if (row.depth === depth && row.below > 0) ids.push(row.row.id);
    }
  };
  look(-1, index);
  look(1, index + 1);
  return ids;
}
