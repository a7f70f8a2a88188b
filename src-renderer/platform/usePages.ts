import { useEffect, useState, useSyncExternalStore } from "react";
import { useNotebook } from "./notebook";
import { PageWindow, type PageSnapshot, type PageSource } from "./pageWindow";

export interface PagesView<Row> extends PageSnapshot<Row> {
  /** Tell which rows (both inclusive) are on screen; only their pages are fetched. Stable. */
  readonly showRange: (from: number, to: number) => void;
}

/** A list of any number of rows, of which only those on screen are in the page. Give it a memoised source. */
export function usePages<Row>(source: PageSource<Row>): PagesView<Row> {
  const client = useNotebook();
  const [list] = useState(() => new PageWindow(client, source));
  useEffect(() => {
    list.setSource(source);
  }, [list, source]);
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);
  return { ...snapshot, showRange: list.showRange };
}
