import type { Change } from "../domain/edit";
import type { RecordType } from "../domain/ids";
import { useFieldDraft, type FieldDraftProps } from "./useFieldDraft";
import type { RecordForm } from "./useRecordForm";

export interface FormFieldOptions {
  /** Name of the field, unique within the record (for an item of a list with the item's id). */
  readonly field: string;
  /** The field's value in the record now. */
  readonly value: string;
  /** What the text changes, if anything; it may wait for something it needs. */
  readonly changes: (text: string) => readonly Change[] | Promise<readonly Change[]>;
}

/**
 * A text field of a record's form. In a record that is not stored yet the first character is saved at once, and blanks
 * are not: there is no empty record.
 */
export function useFormField<T extends RecordType>(
  form: RecordForm<T>,
  { field, value, changes }: FormFieldOptions,
): FieldDraftProps {
  const isStored = form.record !== null;
  const draft = useFieldDraft({
    id: form.id,
    field,
    value,
    edit: async (text) => {
      if (!isStored && text.trim() === "") return null;
      const made = await changes(text);
      return made.length === 0 ? null : form.editOf(made);
    },
  });
  if (isStored) return draft;
  return {
    ...draft,
    onChange: (text) => {
      draft.onChange(text);
      draft.onBlur();
    },
  };
}
