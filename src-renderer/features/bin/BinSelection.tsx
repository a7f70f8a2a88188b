import { Button } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../../domain/ids";
import { BulkPane } from "../../ui/BulkPane";
import type { WorkState } from "../../ui/useLongWork";

/** What can be done with several deleted records at once. */
export function BinSelection(props: {
  readonly ids: ReadonlySet<RecordId>;
  readonly work: WorkState;
  readonly onRestore: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}): ReactNode {
  const { ids, work, onRestore, onRemove, onClear } = props;
  const { t } = useTranslation("bin");
  const hasRemovable = [...ids].some((id) => !isShippedId(id));
  return (
    <BulkPane count={ids.size} onClear={onClear} work={work} working={t("restoring", { count: ids.size })}>
      <Button
        size="compact-sm"
        leftSection={<IconArrowBackUp size={15} stroke={1.7} aria-hidden />}
        onClick={onRestore}
      >
        {t("restore")}
      </Button>
      {hasRemovable && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          onClick={onRemove}
        >
          {t("removeForGood")}
        </Button>
      )}
    </BulkPane>
  );
}
