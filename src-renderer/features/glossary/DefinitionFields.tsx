import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/texts";
import { useFormField } from "../../platform/useFormField";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import type { RecordForm } from "../../platform/useRecordForm";
import { AreasField } from "../../ui/AreasField";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { TextField } from "../../ui/TextField";
import { changesForTermText, type TermTextField } from "./termForm";

/** What the term means and what to beware of: what one looks for after the words. */
export function DefinitionFields({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const definitionEn = useTermText(form, "definitionEn");
  const definitionZh = useTermText(form, "definitionZh");
  const note = useTermText(form, "note");
  const en = <TextField key="en" {...definitionEn} label={t("field.definitionEn")} lang="en" multiline />;
  const zh = <TextField key="zh" {...definitionZh} label={t("field.definitionZh")} lang="zh-CN" multiline />;
  return (
    <FieldGroup>
      {language === "zh-CN" ? [zh, en] : [en, zh]}
      <Wide>
        <TextField {...note} label={t("field.note")} description={t("hint.note")} multiline />
      </Wide>
    </FieldGroup>
  );
}

/** What files the term: its abbreviation, where it is said, and the areas it belongs to. */
export function FilingFields({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const abbreviation = useTermText(form, "abbreviation");
  const source = useTermText(form, "source");
  return (
    <FieldGroup>
      <TextField {...abbreviation} label={t("field.abbreviation")} autoComplete="off" />
      <TextField {...source} label={t("field.source")} autoComplete="off" />
      <Wide>
        <AreasField type="term" form={form} />
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
