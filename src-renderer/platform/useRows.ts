import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { RecordId } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import { useNotebookSession } from "./notebook";

/** Rows by id: undefined while loading, null where there is no such record. Deleted ones are there with `bin`. */
export type RowsById = ReadonlyMap<RecordId, RosterRow | null>;

/** The present rows of the given records, kept up to date. Many callers make one request. */
export function useRows(ids: readonly RecordId[]): RowsById {
  const { rows } = useNotebookSession();
  const key = ids.join("\n");
  // Derived from the content, since callers make a new array at every render.
  const stable = useMemo(() => (key === "" ? [] : (key.split("\n") as RecordId[])), [key]);
  useEffect(() => rows.use(stable), [rows, stable]);
  const known = useSyncExternalStore(rows.subscribe, rows.snapshot);
  return useMemo(() => {
    const found = new Map<RecordId, RosterRow | null>();
    for (const id of stable) {
      const row = known.get(id);
      if (row !== undefined) found.set(id, row);
    }
    return found;
  }, [stable, known]);
}

export function useRow(id: RecordId | undefined): RosterRow | null | undefined {
  const found = useRows(id === undefined ? [] : [id]);
  return id === undefined ? null : found.get(id);
}
