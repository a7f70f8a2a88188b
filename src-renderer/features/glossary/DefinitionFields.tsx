import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormField } from "../../platform/useFormField";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import type { RecordForm } from "../../platform/useRecordForm";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { TextField } from "../../ui/TextField";
import { changesForTermText, type TermTextField } from "./termForm";

/** What the term means, what to beware of, and where it is said. */
export function DefinitionFields({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const definitionEn = useTermText(form, "definitionEn");
  const definitionZh = useTermText(form, "definitionZh");
  const note = useTermText(form, "note");
  const source = useTermText(form, "source");
  return (
    <FieldGroup>
      <TextField {...definitionEn} label={t("field.definitionEn")} lang="en" multiline />
      <TextField {...definitionZh} label={t("field.definitionZh")} lang="zh-CN" multiline />
      <Wide>
        <TextField {...note} label={t("field.note")} description={t("hint.note")} multiline />
      </Wide>
      <Wide>
        <TextField {...source} label={t("field.source")} autoComplete="off" />
      </Wide>
    </FieldGroup>
  );
}

function useTermText(form: RecordForm<"term">, field: TermTextField): FieldDraftProps {
  return useFormField(form, {
    field,
    value: form.record?.data[field] ?? "",
    changes: (text) => changesForTermText(field, text),
  });
}
