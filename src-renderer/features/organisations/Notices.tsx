import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId } from "../../domain/ids";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { Notice } from "../../ui/RecordPane";

/** The shipped list is not sure of some organisations; whoever has checked one says so. */
export function ConfirmNotice({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const edit = useEdit();
  if (form.record?.data.confidence !== "medium") return null;
  return (
    <Notice
      action={
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => void edit(form.editOf([{ op: "set", field: "confidence", value: "high" }]))}
        >
          {t("confirmed")}
        </Button>
      }
    >
      {t("confirm")}
    </Notice>
  );
}

/** Of an organisation that an older list had, only what was changed here is known. */
export function NoLongerShipped({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  if (form.state.kind !== "here" || form.state.base !== null || !isShippedId(form.id)) return null;
  return <Notice>{t("noLongerShipped")}</Notice>;
}
