import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useEdit } from "../platform/useEdit";
import styles from "./ui.module.css";

/** How long Undo is offered, in ms; the bin keeps the record much longer. */
const OFFERED_FOR = 12_000;

/**
 * Deletes without asking and offers Undo instead. Answers whether it was deleted, so that the caller can leave the
 * record's screen.
 */
export function useDeleteWithUndo(): (id: RecordId, name: string) => Promise<boolean> {
  const { t } = useTranslation("common");
  const edit = useEdit();
  const failureText = useSaveFailureText();
  return useCallback(
    async (id, name) => {
      const deleted = await edit({ kind: "delete", id });
      if (!deleted.ok) {
        notifications.show({ color: "red", title: t("notDeleted"), message: failureText(deleted.failure) });
        return false;
      }
      const notification = `deleted ${id}`;
      const restore = async (): Promise<void> => {
        notifications.hide(notification);
        const restored = await edit({ kind: "restore", id });
        if (!restored.ok) {
          notifications.show({ color: "red", title: t("notRestored"), message: failureText(restored.failure) });
        }
      };
      notifications.show({
        id: notification,
        autoClose: OFFERED_FOR,
        closeButtonProps: { "aria-label": t("close") },
        message: (
          <span className={styles.undo}>
            <span className={styles.undoText}>{name === "" ? t("deletedUnnamed") : t("deleted", { name })}</span>
            <Button size="compact-sm" variant="light" onClick={() => void restore()}>
              {t("undo")}
            </Button>
          </span>
        ),
      });
      return true;
    },
    [edit, failureText, t],
  );
}
