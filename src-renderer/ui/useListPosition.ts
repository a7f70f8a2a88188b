import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { RecordId } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import { useNotebook } from "../platform/notebook";
import { useRemembered } from "../platform/remembered";
import type { Collapsed } from "../platform/useCollapsed";
import type { SectionList } from "../platform/useSectionList";
import type { Reveal } from "./VirtualList";

/** Superiors asked for at most: more than any tree has, and an end where they form a circle. */
const DEEPEST = 50;

export interface ListPosition {
  readonly reveal: Reveal | undefined;
  readonly startAt: number | undefined;
  readonly onScrolled: (offset: number) => void;
}

/**
 * Where a section's list stands: as it was left when the same record is chosen as then, and otherwise with the chosen
 * record on screen (opened from elsewhere, found by a filter, or at start), its superiors expanded.
 */
export function useListPosition(
  name: string,
  selected: RecordId | undefined,
  { list, isTree, placeOf }: SectionList,
  collapsed: Collapsed,
): ListPosition {
  const client = useNotebook();
  const remembered = useRemembered();
  const [reveal, setReveal] = useState<Reveal>();
  const [isAsLeft] = useState(() => remembered.leftWith.has(name) && remembered.leftWith.get(name) === selected);
  const [startAt] = useState(() => offsetOf(remembered.get(`scroll.${name}`)));
  /** The record that is still to be brought on screen. */
  const wanted = useRef<RecordId | undefined>(isAsLeft ? undefined : selected);
  const shown = useRef(selected);

  useEffect(() => {
    if (shown.current !== selected) wanted.current = selected;
    shown.current = selected;
    remembered.leftWith.set(name, selected);
  }, [remembered, name, selected]);

  const expandAbove = useEffectEvent(async (id: RecordId) => {
    const superiors: RecordId[] = [];
    for (let at: RecordId | undefined = id; at !== undefined && superiors.length < DEEPEST;) {
      const rows: readonly (RosterRow | null)[] = await client.request("rows", { ids: [at] });
      const row = rows[0];
      at = row?.type === "organisation" || row?.type === "area" ? row.parentId : undefined;
      if (at !== undefined) superiors.push(at);
    }
    const closed = superiors.filter((each) => collapsed.has(each));
    if (closed.length > 0) collapsed.expand(closed);
  });

  const { rowAt, loading, filter } = list;
  const filtered = useRef(filter);
  useEffect(() => {
    // What was found by a filter is on screen without it, too.
    if (filtered.current.trim() !== "" && filter.trim() === "") wanted.current = shown.current;
    filtered.current = filter;
  }, [filter]);
  useEffect(() => {
    const id = wanted.current;
    if (id === undefined || loading) return undefined;
    let isLeft = false;
    placeOf(id).then(
      async (index) => {
        if (isLeft || wanted.current !== id) return;
        if (index !== null) {
          wanted.current = undefined;
          setReveal({ index });
        } else if (isTree) await expandAbove(id);
      },
      // The worker is gone, which the window says elsewhere.
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
    // Asked again with every change of the list until the record is in it: one begun here is stored later.
  }, [rowAt, loading, isTree, placeOf, selected]);

  return {
    reveal,
    startAt,
    onScrolled: (offset) => {
      remembered.set(`scroll.${name}`, Math.round(offset));
    },
  };
}

function offsetOf(stored: string | number | undefined): number | undefined {
  return typeof stored === "number" && stored > 0 ? stored : undefined;
}
