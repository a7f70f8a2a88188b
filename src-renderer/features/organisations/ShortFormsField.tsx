import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { TextField } from "../../ui/TextField";
import { changesForShortForms, shortFormsIn, shortFormsText } from "./organisationForm";

const none: readonly string[] = [];

/** The Chinese short forms as one line, parted by commas as people write them. */
export function ShortFormsField({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const stored = form.record?.data.shortZh ?? none;
  /** Members that the line has shown or saved; only these may be taken away by what is typed. */
  const seen = useRef(new Set<string>());
  const draft = useFormField(form, {
    field: "shortZh",
    value: shortFormsText(stored),
    changes: (text) => {
      const changes = changesForShortForms(seen.current, text);
      for (const form of shortFormsIn(text)) seen.current.add(form);
      return changes;
    },
  });
  return (
    <TextField
      {...draft}
      label={t("shortForms")}
      lang="zh-CN"
      autoComplete="off"
      placeholder={t("hint.shortForms")}
      onChange={(text) => {
        // What the line shows when typing begins.
        for (const form of shortFormsIn(draft.value)) seen.current.add(form);
        draft.onChange(text);
      }}
    />
  );
}
