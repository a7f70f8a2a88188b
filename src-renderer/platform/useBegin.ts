import { useCallback } from "react";
import type { Change } from "../domain/edit";
import type { IdOf } from "../domain/ids";
import type { ShownType } from "./navigation";
import { useNotebookSession } from "./notebook";

/** Begins a record; open its form with the id, and the first thing entered stores it. */
export function useBegin(): <T extends ShownType>(type: T, changes?: readonly Change[]) => IdOf<T> {
  const { begun } = useNotebookSession();
  return useCallback((type, changes) => begun.begin(type, changes), [begun]);
}
