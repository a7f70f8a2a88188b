import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../domain/ids";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useEdit } from "../platform/useEdit";
import styles from "./ui.module.css";

/** How long Put back is offered, in ms; Undo and the bin offer it much longer. */
const OFFERED_FOR = 12_000;

/**
 * Deletes without asking and offers to put the record back instead; a shipped record is hidden. Answers whether it was
 * done, so that the caller can leave the record's screen.
 */
export function useDeleteWithPutBack(): (id: RecordId, name: string) => Promise<boolean> {
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
      const notification = messageOf(id);
      const restore = async (): Promise<void> => {
        notifications.hide(notification);
        const restored = await edit({ kind: "restore", id });
        if (!restored.ok) {
          notifications.show({ color: "red", title: t("notRestored"), message: failureText(restored.failure) });
        }
      };
      const named = isShippedId(id) ? t("hidden", { name }) : t("deleted", { name });
      const unnamed = isShippedId(id) ? t("hiddenUnnamed") : t("deletedUnnamed");
      notifications.show({
        id: notification,
        autoClose: OFFERED_FOR,
        closeButtonProps: { "aria-label": t("close") },
        message: <PutBackMessage text={name === "" ? unnamed : named} onPutBack={() => void restore()} />,
      });
      return true;
    },
    [edit, failureText, t],
  );
}

function messageOf(id: RecordId): string {
  return `deleted ${id}`;
}

/** Something else (an undo) has changed these records: what was offered for them no longer fits. */
export function withdrawPutBack(ids: readonly RecordId[]): void {
  for (const id of ids) notifications.hide(messageOf(id));
}

/** What a message after a deletion says, with the way back beside it. */
export function PutBackMessage(props: { readonly text: string; readonly onPutBack: () => void }): ReactNode {
  const { text, onPutBack } = props;
  const { t } = useTranslation("common");
  return (
    <span className={styles.putBack}>
      <span className={styles.putBackText}>{text}</span>
      <Button size="compact-sm" variant="light" onClick={onPutBack}>
        {t("putBack")}
      </Button>
    </span>
  );
}
