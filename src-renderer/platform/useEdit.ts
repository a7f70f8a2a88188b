import { useCallback, useSyncExternalStore } from "react";
import type { Result } from "../../src-main/shared/result";
import type { Edit } from "../domain/edit";
import type { SaveFailure } from "../domain/saveFailure";
import type { SaveState } from "../domain/saveState";
import { useNotebookSession } from "./notebook";

/**
 * Sends an edit that is not typing (a pick, a new record, a deletion). Settles with the ledger's answer; a failure that
 * may pass is tried again by itself, and the record's save state says so meanwhile.
 */
export function useEdit(): (edit: Edit) => Promise<Result<null, SaveFailure>> {
  const { edits } = useNotebookSession();
  return useCallback((edit) => edits.send(edit), [edits]);
}

/**
 * Sends edits that belong together: all are applied or none, as one step of Undo. Save states and retries are those of
 * `useEdit`, for every record named.
 */
export function useEditMany(): (edits: readonly Edit[]) => Promise<Result<null, SaveFailure>> {
  const { edits } = useNotebookSession();
  return useCallback((many) => edits.sendMany(many), [edits]);
}

/** Whether everything typed into this record is on disk, and the way to try at once what failed. */
export function useSaveState(id: string): { readonly state: SaveState; readonly retry: () => void } {
  const { saves, edits, drafts } = useNotebookSession();
  const state = useSyncExternalStore(saves.subscribe, () => saves.of(id));
  const retry = useCallback(() => {
    void drafts.flushDrafts();
    void edits.flush();
  }, [drafts, edits]);
  return { state, retry };
}
