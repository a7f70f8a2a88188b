import type { PageSnapshot } from "./pageWindow";

/** The row to show when this one leaves the list: the one below it, or above at the end. Rows not loaded do not count. */
export function neighbourOf<Row>(list: Pick<PageSnapshot<Row>, "rowAt" | "indexOf">, id: string): Row | undefined {
  const index = list.indexOf(id);
  return index < 0 ? undefined : (list.rowAt(index + 1) ?? list.rowAt(index - 1));
}
