import { useState } from "react";
import { v7 as uuid } from "uuid";
import type { TermForm, TermLanguage } from "../../domain/records/term";
import { useNotebook } from "../../platform/notebook";
import { useEdit } from "../../platform/useEdit";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForForm, newOtherForm, otherForms, type FormTextField, type OtherStatus } from "./termForm";

/** The form of a term under an id as the notebook has it now; what is on screen may be a moment older. */
export function useStoredForm(form: RecordForm<"term">): (formId: string) => Promise<TermForm | undefined> {
  const notebook = useNotebook();
  return async (formId) => {
    const withId = ({ id }: TermForm): boolean => id === formId;
    try {
      const view = await notebook.request("read", { id: form.id });
      return view?.record.type === "term" ? view.record.data.forms.find(withId) : undefined;
    } catch {
      // The worker is gone, and the edit will say so.
      return form.record?.data.forms.find(withId);
    }
  };
}

/** One text of one form as a field. */
export function useFormText(form: RecordForm<"term">, of: TermForm, field: FormTextField): FieldDraftProps {
  const storedForm = useStoredForm(form);
  return useFormField(form, {
    field: `forms/${of.id}/${field}`,
    value: of[field] ?? "",
    changes: async (text) => changesForForm(await storedForm(of.id), of, { [field]: text }),
  });
}

export interface OtherForms {
  /** Stored ones, then those added on the form and still empty. */
  readonly forms: readonly TermForm[];
  /** The one added last, which takes the caret. */
  readonly added: string | null;
  readonly add: (language: TermLanguage) => void;
  readonly setStatus: (of: TermForm, status: OtherStatus) => void;
  readonly remove: (of: TermForm) => void;
}

/** The forms beside the preferred ones: a list to which forms are added on screen first, and stored with their text. */
export function useOtherForms(form: RecordForm<"term">): OtherForms {
  const edit = useEdit();
  const storedForm = useStoredForm(form);
  const [begun, setBegun] = useState<readonly TermForm[]>([]);
  const [added, setAdded] = useState<string | null>(null);
  const stored = otherForms(form.record?.data ?? null);
  const storedIds = new Set(stored.map(({ id }) => id));
  return {
    forms: [...stored, ...begun.filter(({ id }) => !storedIds.has(id))],
    added,
    add: (language) => {
      const id = uuid();
      setAdded(id);
      setBegun((before) => [...before, newOtherForm(language, id)]);
    },
    setStatus: (of, status) => {
      void storedForm(of.id).then((now) => edit(form.editOf(changesForForm(now, of, { status }))));
    },
    remove: (of) => {
      setBegun((before) => before.filter(({ id }) => id !== of.id));
      if (storedIds.has(of.id)) void edit(form.editOf([{ op: "removeItem", field: "forms", itemId: of.id }]));
    },
  };
}
