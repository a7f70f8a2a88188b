import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { typeOfId, type RecordId } from "../../domain/ids";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { isShownType } from "../../platform/navigation";
import { useRow } from "../../platform/useRows";
import styles from "./history.module.css";
import { Versions } from "./Versions";

export interface HistoryDialogProps {
  readonly id: RecordId;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** It is gone from the screen, and the keys belong to what had them before. */
  readonly onClosed: () => void;
  /** The notebook's Undo. */
  readonly onTakeBack: () => void;
}

/** What was changed in one record and its note: who, when, on which computer; to be compared and restored. Esc closes it. */
export function HistoryDialog({ id, opened, onClose, onClosed, onTakeBack }: HistoryDialogProps): ReactNode {
  const { t } = useTranslation(["history", "common"]);
  const [language] = useLanguage();
  const row = useRow(id);
  const type = typeOfId(id);
  const name = row ? rowNames(row, language).first.trim() : "";
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={onClosed}
      returnFocus={false}
      position="right"
      size="min(70rem, 100%)"
      title={t("history:title", { name: name === "" ? t("common:untitled") : name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ content: styles.content ?? "", body: styles.body ?? "", title: styles.title ?? "" }}
    >
      {isShownType(type) && <Versions key={id} id={id} type={type} onTakeBack={onTakeBack} onDone={onClose} />}
    </Drawer>
  );
}
