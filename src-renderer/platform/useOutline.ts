import { useMemo } from "react";
import type { RecordId } from "../domain/ids";
import type { OutlineRow } from "../ports/notebook";
import type { PageSource } from "./pageWindow";
import { usePages, type PagesView } from "./usePages";

/** Types of which records stand below each other. */
export type TreeType = "organisation" | "area";

export function isTreeType(type: string): type is TreeType {
  return type === "organisation" || type === "area";
}

/** The tree of one type of record as the page asks for it. Nothing below the `collapsed` ones is shown. */
export function outlineSource(type: TreeType, collapsed: readonly RecordId[]): PageSource<OutlineRow> {
  return {
    key: `outline ${type} ${collapsed.join(" ")}`,
    family: type,
    filter: "",
    concerns: (changed) => changed === type,
    idOf: ({ row }) => row.id,
    ask: (client, window, signal) =>
      client.request("outline", { type, collapsed: [...collapsed], ...window }, { signal }),
  };
}

/** A tree, windowed; give `collapsed` as a stable array. */
export function useOutline(type: TreeType, collapsed: readonly RecordId[]): PagesView<OutlineRow> {
  return usePages(useMemo(() => outlineSource(type, collapsed), [type, collapsed]));
}
