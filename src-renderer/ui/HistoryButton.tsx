import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { useOpenHistory } from "../platform/recordHistory";

/** Leads to what was changed in a record: who, when and on which computer. */
export function HistoryButton({ id }: { readonly id: RecordId }): ReactNode {
  const { t } = useTranslation("common");
  const open = useOpenHistory();
  if (open === null) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      fw={500}
      leftSection={<IconHistory size={15} stroke={1.6} aria-hidden />}
      onClick={() => {
        open(id);
      }}
    >
      {t("history")}
    </Button>
  );
}
