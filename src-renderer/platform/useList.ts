import { useMemo } from "react";
import type { RecordId } from "../domain/ids";
import type { RosterRow, RowOf } from "../domain/rosterRow";
import type { PageSource } from "./pageWindow";
import { usePages, type PagesView } from "./usePages";

export interface ListQuery {
  readonly type: RosterRow["type"];
  readonly filter?: string | undefined;
  readonly linkedTo?: RecordId | undefined;
}

export type ListView<T extends ListQuery["type"]> = PagesView<RowOf<T>>;

/** The list of one type of record as the page asks for it. */
export function rosterSource<T extends ListQuery["type"]>(
  query: ListQuery & { readonly type: T },
): PageSource<RowOf<T>> {
  const { type, filter = "", linkedTo } = query;
  return {
    key: `${type} ${linkedTo ?? ""} ${filter}`,
    family: `${type} ${linkedTo ?? ""}`,
    filter,
    concerns: (changed) => changed === type,
    idOf: (row) => row.id,
    ask: async (client, window, signal) => {
      const page = await client.request("list", { type, filter, linkedTo, ...window }, { signal });
      // The worker answers rows of the type asked for.
      return page as { readonly total: number; readonly rows: readonly RowOf<T>[] };
    },
  };
}

/** A list of one type of record, windowed: any number of rows, of which only those on screen are in the page. */
export function useList<T extends ListQuery["type"]>(query: ListQuery & { readonly type: T }): ListView<T> {
  const { type, filter, linkedTo } = query;
  return usePages(useMemo(() => rosterSource({ type, filter, linkedTo }), [type, filter, linkedTo]));
}
