import { useMemo } from "react";
import type { RecordId } from "../domain/ids";
import type { OutlineRow } from "../ports/notebook";
import type { PageSource } from "./pageWindow";
import { usePages, type PagesView } from "./usePages";

/** Types of which records stand below each other. */
export type TreeType = "organisation" | "area";

/** The tree of one type of record, windowed. Nothing below the `collapsed` ones is shown; give it a stable array. */
export function useOutline(type: TreeType, collapsed: readonly RecordId[]): PagesView<OutlineRow> {
  const source = useMemo<PageSource<OutlineRow>>(
    () => ({
      key: `${type} ${collapsed.join(" ")}`,
      family: type,
      filter: "",
      concerns: (changed) => changed === type,
      idOf: ({ row }) => row.id,
      ask: (client, window, signal) =>
        client.request("outline", { type, collapsed: [...collapsed], ...window }, { signal }),
    }),
    [type, collapsed],
  );
  return usePages(source);
}
