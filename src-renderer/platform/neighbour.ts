import type { RosterRow } from "../domain/rosterRow";
import type { ListSnapshot } from "./rosterWindow";

/** The row to show when this one leaves the list: the one below it, or above at the end. Rows not loaded do not count. */
export function neighbourOf(list: Pick<ListSnapshot, "total" | "rowAt">, id: string): RosterRow | undefined {
  for (let index = 0; index < list.total; index += 1) {
    if (list.rowAt(index)?.id === id) return list.rowAt(index + 1) ?? list.rowAt(index - 1);
  }
  return undefined;
}
