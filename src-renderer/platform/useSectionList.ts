import { useCallback, useMemo } from "react";
import type { Client } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import type { NotebookContract, OutlineRow } from "../ports/notebook";
import { useNotebook } from "./notebook";
import type { PageSource } from "./pageWindow";
import { rosterSource, type ListQuery } from "./useList";
import { isTreeType, outlineSource, type TreeType } from "./useOutline";
import { usePages, type PagesView } from "./usePages";

/** Rows that one request for a tree may bring (ports/notebook.ts). */
const ROWS_PER_REQUEST = 200;

export interface SectionQuery extends ListQuery {
  /** The collapsed ones, to have a tree while nothing is filtered; a stable array. */
  readonly collapsed?: readonly RecordId[] | undefined;
}

interface Tree {
  readonly type: TreeType;
  readonly collapsed: readonly RecordId[];
}

export interface SectionList {
  /** In a plain list every row has depth 0 and nothing below it. */
  readonly list: PagesView<OutlineRow>;
  /** What is on screen is a tree. */
  readonly isTree: boolean;
  /** Ids of all that the list shows, in its order. */
  readonly allIds: () => Promise<readonly RecordId[]>;
  /** Where a record stands in the list, from 0; null if it is not in it. */
  readonly placeOf: (id: RecordId) => Promise<number | null>;
}

/** The list of a section: a tree where its type has one, best match first while something is filtered. */
export function useSectionList(query: SectionQuery): SectionList {
  const client = useNotebook();
  const { type, filter = "", linkedTo, collapsed } = query;
  const isPlain = filter.trim() !== "" || linkedTo !== undefined;
  const tree = useMemo<Tree | null>(
    () => (isPlain || collapsed === undefined || !isTreeType(type) ? null : { type, collapsed }),
    [isPlain, type, collapsed],
  );
  const source = useMemo<PageSource<OutlineRow>>(() => {
    const family = `${type} ${linkedTo ?? ""}`;
    if (tree) return { ...outlineSource(tree.type, tree.collapsed), family };
    return { ...inOutline(rosterSource({ type, filter, linkedTo })), family };
  }, [type, filter, linkedTo, tree]);
  const list = usePages(source);

  const allIds = useCallback(
    () => (tree ? outlineIds(client, tree) : client.request("ids", { type, filter, linkedTo })),
    [client, type, filter, linkedTo, tree],
  );
  const placeOf = useCallback(
    (id: RecordId) =>
      tree
        ? client.request("outlinePlace", { type: tree.type, collapsed: [...tree.collapsed], id })
        : client.request("place", { type, filter, linkedTo, id }),
    [client, type, filter, linkedTo, tree],
  );
  // Until the first answer after a change, the rows on screen are those from before it.
  const isTree = collapsed !== undefined && list.filter.trim() === "" && linkedTo === undefined;
  return { list, isTree, allIds, placeOf };
}

function inOutline(source: ReturnType<typeof rosterSource>): PageSource<OutlineRow> {
  return {
    ...source,
    idOf: ({ row }) => row.id,
    ask: async (client, window, signal) => {
      const { total, rows } = await source.ask(client, window, signal);
      return { total, rows: rows.map((row) => ({ row, depth: 0, below: 0 })) };
    },
  };
}

async function outlineIds(client: Client<NotebookContract>, { type, collapsed }: Tree): Promise<readonly RecordId[]> {
  const ids: RecordId[] = [];
  for (let total = 1; ids.length < total;) {
    const window = { offset: ids.length, limit: ROWS_PER_REQUEST };
    const page = await client.request("outline", { type, collapsed: [...collapsed], ...window });
    if (page.rows.length === 0) break;
    total = page.total;
    ids.push(...page.rows.map(({ row }) => row.id));
  }
  return ids;
}
