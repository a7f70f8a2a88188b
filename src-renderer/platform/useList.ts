import { useEffect, useState, useSyncExternalStore } from "react";
import type { RowOf } from "../domain/rosterRow";
import { useNotebook } from "./notebook";
import { RosterWindow, type ListQuery, type ListSnapshot } from "./rosterWindow";

export interface ListView<T extends ListQuery["type"]> extends ListSnapshot {
  rowAt(index: number): RowOf<T> | undefined;
  /** Tell which rows (both inclusive) are on screen; only their pages are fetched. */
  readonly showRange: (from: number, to: number) => void;
}

/** A list of one type of record, windowed: any number of rows, of which only those on screen are in the page. */
export function useList<T extends ListQuery["type"]>(query: ListQuery & { readonly type: T }): ListView<T> {
  const client = useNotebook();
  const [list] = useState(() => new RosterWindow(client, query));
  const { type, filter, linkedTo } = query;
  useEffect(() => {
    list.setQuery({ type, filter, linkedTo });
  }, [list, type, filter, linkedTo]);
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);
  // The worker answers rows of the type asked for.
  return { ...(snapshot as ListView<T>), showRange: list.showRange };
}
