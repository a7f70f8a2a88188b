import { Button, NativeSelect } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupInterval, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import styles from "./backup.module.css";
import { PathText } from "./PathText";
import { Problem } from "./Problem";

const intervals: readonly BackupInterval[] = ["day", "week", "month"];

/** Where backups go by themselves, and how often; why the last one was not made. */
export function AutomaticBackups({ state }: { readonly state: BackupState }): ReactNode {
  const { t } = useTranslation("backup");
  const main = useMain();
  const title = useId();
  const { folder, every, failure } = state;

  function choose(value: string): void {
    void main.invoke("backup:schedule", { every: intervals.find((interval) => interval === value) ?? null });
  }

  return (
    <section className={styles.part} aria-labelledby={title}>
      <h3 id={title} className={styles.partTitle}>
        {t("automatic.title")}
      </h3>
      <p className={styles.text}>{t("automatic.text")}</p>
      <p className={styles.text}>
        {folder === null ? (
          t("automatic.noFolder")
        ) : (
          <>
            {t("automatic.folder")} <PathText path={folder} />
          </>
        )}
      </p>
      <div className={styles.row}>
        <NativeSelect
          className={styles.interval}
          label={t("automatic.every")}
          value={every ?? "never"}
          disabled={folder === null}
          onChange={(event) => {
            choose(event.currentTarget.value);
          }}
          data={[
            { value: "never", label: t("automatic.intervals.never") },
            ...intervals.map((interval) => ({ value: interval, label: t(`automatic.intervals.${interval}`) })),
          ]}
        />
        <Button variant="default" onClick={() => void main.invoke("backup:choose-folder", {})}>
          {folder === null ? t("automatic.chooseFolder") : t("automatic.changeFolder")}
        </Button>
      </div>
      {failure && (
        <>
          <p className={styles.text}>{t("automatic.failed")}</p>
          <Problem failure={failure} />
        </>
      )}
    </section>
  );
}
