import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { useOpenReview } from "../platform/recordReview";
import { useRow } from "../platform/useRows";
import { Notice } from "./RecordPane";

/** Says in a record's form that two computers changed the same values of it, and leads to both. */
export function ReviewNotice({ id }: { readonly id: RecordId }): ReactNode {
  const { t } = useTranslation("review");
  const open = useOpenReview();
  const count = useRow(id)?.review ?? 0;
  if (open === null || count === 0) return null;
  return (
    <Notice
      action={
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            open(id);
          }}
        >
          {t("open")}
        </Button>
      }
    >
      {t("notice", { count })}
    </Notice>
  );
}
