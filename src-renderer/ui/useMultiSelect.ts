import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { RecordId } from "../domain/ids";
import { useNotebook } from "../platform/notebook";
import type { MultiMoves } from "./VirtualList";

/** Most ids that one request for rows may name (ports/notebook.ts). */
const IDS_PER_REQUEST = 1_000;
const none: ReadonlySet<RecordId> = new Set();

export interface MultiSelectOptions {
  /** The record shown in the detail; undefined while none is. */
  readonly selected: RecordId | undefined;
  readonly select: (id: RecordId | undefined) => void;
  readonly idAt: (index: number) => RecordId | undefined;
  /** Where a record is among the rows that are loaded; -1 if it is not. */
  readonly indexOf: (id: RecordId) => number;
  /** Ids of all that the list shows, in its order, also of those not loaded. */
  readonly allIds: () => Promise<readonly RecordId[]>;
  /** Whether a record that changed still belongs to the selection; one in the bin does not, unless told. */
  readonly inBin?: boolean;
}

export interface MultiSelection {
  /** More than one, or empty. The selection is of ids: it outlives the filter and changes of the list. */
  readonly ids: ReadonlySet<RecordId>;
  readonly isSelected: (id: RecordId | undefined) => boolean;
  /** For `VirtualList`. */
  readonly moves: MultiMoves;
  /** Back to the one record that was shown before. */
  readonly clear: () => void;
}

interface Many {
  readonly ids: ReadonlySet<RecordId>;
  /** Where a range begins. */
  readonly anchor: RecordId;
  /** The record shown in the detail then; another one shown ends the selection of many. */
  readonly beside: RecordId | undefined;
}

/** Several selected rows of a list beside the one that the detail shows. */
export function useMultiSelect(options: MultiSelectOptions): MultiSelection {
  const { selected, select, idAt, indexOf, allIds, inBin = false } = options;
  const client = useNotebook();
  const [held, setHeld] = useState<Many | null>(null);
  const many = held !== null && held.beside === selected ? held : null;
  const ids = many?.ids ?? none;
  /** Of two answers the one asked for later counts. */
  const asked = useRef(0);

  function set(next: ReadonlySet<RecordId>, anchor: RecordId): void {
    const [only] = next;
    if (next.size > 1) setHeld({ ids: next, anchor, beside: selected });
    else {
      setHeld(null);
      select(only);
    }
  }

  async function withAllIds(take: (all: readonly RecordId[]) => void): Promise<void> {
    asked.current += 1;
    const turn = asked.current;
    try {
      const all = await allIds();
      if (turn === asked.current) take(all);
    } catch {
      // The worker is gone, which the window says elsewhere; the selection stays.
    }
  }

  function toggle(index: number): void {
    const id = idAt(index);
    if (id === undefined) return;
    const next = new Set<RecordId>(many ? many.ids : selected === undefined ? [] : [selected]);
    if (!next.delete(id)) next.add(id);
    set(next, id);
  }

  function extend(index: number): void {
    const target = idAt(index);
    const anchor = many?.anchor ?? selected ?? target;
    if (anchor === undefined) return;
    const loaded = rangeOf(indexOf(anchor), index, idAt);
    if (loaded) {
      asked.current += 1;
      set(new Set(loaded), anchor);
      return;
    }
    void withAllIds((all) => {
      const begin = all.indexOf(anchor);
      const range = all.slice(Math.min(begin < 0 ? index : begin, index), Math.max(begin, index) + 1);
      set(new Set(range), anchor);
    });
  }

  function all(): void {
    void withAllIds((every) => {
      const [first] = every;
      if (first !== undefined) set(new Set(every), many?.anchor ?? selected ?? first);
    });
  }

  function clear(): void {
    asked.current += 1;
    setHeld(null);
  }

  const drop = useEffectEvent((gone: ReadonlySet<RecordId>) => {
    if (many) set(new Set([...many.ids].filter((id) => !gone.has(id))), many.anchor);
  });
  const isHeld = useEffectEvent((id: RecordId) => ids.has(id));
  useEffect(
    () =>
      client.on("changed", ({ records }) => {
        const changed = records.map(({ id }) => id as RecordId).filter((id) => isHeld(id));
        void missingOf(client, changed, inBin).then(
          (gone) => {
            if (gone.size > 0) drop(gone);
          },
          () => undefined,
        );
      }),
    [client, inBin],
  );

  return {
    ids,
    isSelected: (id) => id !== undefined && (many ? many.ids.has(id) : id === selected),
    moves: { isMany: many !== null, toggle, extend, all, one: clear },
    clear,
  };
}

/** Ids of the rows between two places, both included, in the list's order; null if not all of them are loaded. */
function rangeOf(
  anchor: number,
  index: number,
  idAt: (index: number) => RecordId | undefined,
): readonly RecordId[] | null {
  if (anchor < 0) return null;
  const range: RecordId[] = [];
  for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at += 1) {
    const id = idAt(at);
    if (id === undefined) return null;
    range.push(id);
  }
  return range;
}

/** Those that have left the list: gone, or in the bin (in the bin's own list: taken out of it). */
async function missingOf(
  client: ReturnType<typeof useNotebook>,
  ids: readonly RecordId[],
  inBin: boolean,
): Promise<ReadonlySet<RecordId>> {
  const gone = new Set<RecordId>();
  for (let from = 0; from < ids.length; from += IDS_PER_REQUEST) {
    const chunk = ids.slice(from, from + IDS_PER_REQUEST);
    const rows = await client.request("rows", { ids: chunk });
    chunk.forEach((id, index) => {
      if ((rows[index]?.bin ?? !inBin) !== inBin) gone.add(id);
    });
  }
  return gone;
}
