import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import styles from "./backup.module.css";
import { useBackupWork } from "./useBackupWork";
import { WorkDone } from "./WorkDone";

/** Reads a backup from end to end and says whether it could be restored. */
export function VerifyBackup(props: {
  readonly state: BackupState | null;
  /** Stands in the same line. */
  readonly beside: ReactNode;
}): ReactNode {
  const { state, beside } = props;
  const { t } = useTranslation("backup");
  const main = useMain();
  const { isBusy, outcome, run } = useBackupWork<BackupFacts>();
  const progress = state?.progress ?? null;
  return (
    <>
      <div className={styles.row}>
        <Button
          variant="default"
          disabled={isBusy || progress !== null}
          onClick={() => {
            void run(() => main.invoke("backup:verify", {}));
          }}
        >
          {t("use.verify")}
        </Button>
        {beside}
      </div>
      <WorkDone
        label={isBusy && progress?.work === "verifying" ? t("progress.checking") : null}
        progress={progress}
        outcome={outcome}
        good={t("use.verified")}
      />
    </>
  );
}
