import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordForm } from "../../platform/useRecordForm";
import { ListedLines } from "../../ui/ListedLines";

/** The names it had before, one line each. */
export function FormerNames({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  return (
    <ListedLines
      form={form}
      field="formerNames"
      textIn="text"
      stored={form.record?.data.formerNames ?? []}
      label={(number) => (number === 1 ? t("formerName") : t("formerNameNumbered", { number }))}
      addLabel={t("addFormerName")}
      wraps
    />
  );
}
