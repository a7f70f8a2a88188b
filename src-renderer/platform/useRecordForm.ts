import { useEffect, useState } from "react";
import type { Change, Edit } from "../domain/edit";
import { typeOfId, type IdOf, type RecordType } from "../domain/ids";
import type { RecordOf } from "../domain/record";
import { useNotebookSession } from "./notebook";
import { useRecord, type RecordState } from "./useRecord";

export type FormState<T extends RecordType> =
  | { readonly kind: "loading" }
  /** Begun on the form and not stored before something is entered. */
  | { readonly kind: "new" }
  | Extract<RecordState<T>, { kind: "here" }>
  /** Not here, not even in the bin; `last` is what was shown before it went, so that nothing vanishes under the hand. */
  | { readonly kind: "gone"; readonly last: RecordOf<T> | null };

export interface RecordForm<T extends RecordType> {
  readonly id: IdOf<T>;
  readonly state: FormState<T>;
  /** The record shown, now or until a moment ago; null for one that is not stored yet. */
  readonly record: RecordOf<T> | null;
  /** What a record that is not stored yet is to be created with beside the first thing entered. */
  readonly preset: readonly Change[];
  /** The edit that makes these changes: it creates the record when it is not stored yet. */
  readonly editOf: (changes: readonly Change[]) => Edit;
}

/** A record on its form, stored or begun here. Mount it anew (`key`) for another id. */
export function useRecordForm<T extends RecordType>(id: IdOf<T>): RecordForm<T> {
  const session = useNotebookSession();
  const begun = session.begun.changesOf(id);
  const held = useRecord<T>(id);
  const [last, setLast] = useState<RecordOf<T> | null>(null);
  if (held.kind === "here" && held.record !== last) setLast(held.record);

  const isHere = held.kind === "here";
  useEffect(() => {
    if (isHere) session.begun.stored(id);
  }, [session, id, isHere]);

  const record = held.kind === "here" ? held.record : last;
  const isStored = begun === null || record !== null;
  const editOf = (changes: readonly Change[]): Edit =>
    isStored
      ? { kind: "change", id, changes: [...changes] }
      : {
          kind: "create",
          id,
          type: typeOfId(id) as T,
          visibility: "project",
          changes: [...begun, ...changes],
        };
  return { id, state: stateOf(held, isStored, last), record, preset: isStored ? [] : begun, editOf };
}

function stateOf<T extends RecordType>(
  held: ReturnType<typeof useRecord<T>>,
  isStored: boolean,
  last: RecordOf<T> | null,
): FormState<T> {
  if (held.kind === "here") return held;
  if (!isStored) return { kind: "new" };
  return held.kind === "loading" ? { kind: "loading" } : { kind: "gone", last };
}
