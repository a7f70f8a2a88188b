import { useEffect, useMemo, useSyncExternalStore } from "react";
import { success } from "../../src-main/shared/result";
import type { Edit } from "../domain/edit";
import type { SaveFailure } from "../domain/saveFailure";
import type { Commit } from "./fieldDraft";
import { useNotebookSession } from "./notebook";
import { sendEdit } from "./saveStates";

export interface FieldDraftOptions {
  /** The record the field belongs to. */
  readonly id: string;
  /** Name of the field, unique within the record (for an item of a list with the item's id). */
  readonly field: string;
  /** The field's value in the record now. */
  readonly value: string;
  /**
   * The edit that saves the text, also after the field has gone from the screen; it may wait for something the edit
   * needs (a reading of a name). Null when there is nothing to save (a blank in a record that is not there yet).
   */
  readonly edit: (text: string) => Edit | null | Promise<Edit | null>;
}

/** What a text field needs; spread it into `TextField`. */
export interface FieldDraftProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: () => void;
  /** Why the text in the field is not on disk; null while nothing failed. */
  readonly failure: SaveFailure | null;
}

/**
 * A text field over a record: typing is kept locally and saved 300 ms after the last key, when the field is left, when
 * it goes from the screen and when the window closes, never while an input method composes. What comes by sync does
 * not overwrite unsaved typing. A failed save keeps the text and is tried again.
 */
export function useFieldDraft({ id, field, value, edit }: FieldDraftOptions): FieldDraftProps {
  const { client, drafts } = useNotebookSession();
  const draft = useMemo(() => drafts.of(id, field), [drafts, id, field]);
  useEffect(() => {
    const commit: Commit = async (text) => {
      const made = await edit(text);
      return made ? sendEdit(client, made) : success(null);
    };
    draft.follow(commit, value);
  });
  useEffect(() => drafts.show(draft), [drafts, draft]);
  const text = useSyncExternalStore(draft.subscribe, () => draft.text);
  const failure = useSyncExternalStore(draft.subscribe, () => draft.failure);
  return useMemo(
    () => ({
      value: text ?? value,
      onChange: (typed: string) => {
        draft.type(typed);
      },
      onBlur: () => void draft.flush(),
      onCompositionStart: () => {
        draft.composeStart();
      },
      onCompositionEnd: () => {
        draft.composeEnd();
      },
      failure,
    }),
    [draft, text, value, failure],
  );
}
