import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./backup.module.css";
import { RestoreBackup } from "./RestoreBackup";
import { useBackupState } from "./useBackupState";

/** The other way to begin: with a notebook that was backed up before. */
export function RestoreFirst(): ReactNode {
  const { t } = useTranslation("backup");
  const state = useBackupState();
  return (
    <div className={styles.part}>
      <p className={styles.quiet}>{t("first.text")}</p>
      <div className={styles.row}>
        <RestoreBackup into="empty" progress={state?.progress ?? null} />
      </div>
    </div>
  );
}
