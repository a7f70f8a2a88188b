import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import styles from "./backup.module.css";
import { useBackupWork } from "./useBackupWork";
import { WorkDone } from "./WorkDone";

/** Makes a backup where the person says. */
export function BackUpNow({ state }: { readonly state: BackupState | null }): ReactNode {
  const { t } = useTranslation("backup");
  const main = useMain();
  const { isBusy, outcome, run } = useBackupWork<BackupFacts>();
  const progress = state?.progress ?? null;
  // One that began by itself is shown in the same place. What is made is read again from end to end.
  const label =
    progress?.work === "making" ? t("progress.making") : isBusy && progress !== null ? t("progress.checking") : null;
  return (
    <>
      <div className={styles.row}>
        <Button
          disabled={isBusy || progress !== null}
          onClick={() => {
            void run(() => main.invoke("backup:make", { where: "ask" }));
          }}
        >
          {t("make.now")}
        </Button>
      </div>
      <WorkDone label={label} progress={progress} outcome={outcome} good={t("make.done")} />
    </>
  );
}
