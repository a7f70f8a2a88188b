import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../src-main/shared/result";
import type { RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useOpenRecord } from "../../platform/navigation";
import { useEditMany } from "../../platform/useEdit";
import styles from "./bin.module.css";

/** How long the way to the restored record is offered, in ms. */
const OFFERED_FOR = 12_000;

/** Takes records out of the bin, as one step of Undo, says so, and offers to open the only one. */
export function useRestore(): (ids: readonly RecordId[], name: string) => Promise<Result<null, SaveFailure>> {
  const { t } = useTranslation(["bin", "common"]);
  const editMany = useEditMany();
  const openRecord = useOpenRecord();
  return useCallback(
    async (ids, name) => {
      const restored = await editMany(ids.map((id) => ({ kind: "restore", id })));
      if (!restored.ok) return restored;
      const [only] = ids;
      const notification = `restored ${ids.join(" ").slice(0, 200)}`;
      const text = ids.length === 1 ? t("bin:restored", { name }) : t("bin:restoredMany", { count: ids.length });
      notifications.show({
        id: notification,
        autoClose: OFFERED_FOR,
        closeButtonProps: { "aria-label": t("common:close") },
        message:
          ids.length === 1 && only !== undefined ? (
            <span className={styles.said}>
              <span className={styles.saidText}>{text}</span>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  notifications.hide(notification);
                  openRecord(only);
                }}
              >
                {t("bin:open")}
              </Button>
            </span>
          ) : (
            text
          ),
      });
      return restored;
    },
    [editMany, openRecord, t],
  );
}
