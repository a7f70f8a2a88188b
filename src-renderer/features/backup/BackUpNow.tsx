import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import { Facts } from "./Facts";
import { Problem } from "./Problem";
import styles from "./backup.module.css";
import { useBackupWork } from "./useBackupWork";
import { WorkProgress } from "./WorkProgress";

/** Makes a backup where the person says. */
export function BackUpNow({ state }: { readonly state: BackupState | null }): ReactNode {
  const { t } = useTranslation("backup");
  const main = useMain();
  const { isBusy, outcome, run } = useBackupWork<BackupFacts>();
  const progress = state?.progress ?? null;
  // One that began by itself is shown in the same place. What is made is read again from end to end.
  const isUnderWay = progress?.work === "making" || (isBusy && progress !== null);
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
      {isUnderWay && (
        <WorkProgress
          label={progress.work === "making" ? t("progress.making") : t("progress.checking")}
          done={progress.total > 0 ? progress.done / progress.total : null}
          onCancel={() => void main.invoke("backup:cancel", {})}
        />
      )}
      {outcome && !outcome.ok && <Problem failure={outcome.failure} />}
      {outcome?.ok && (
        <div className={styles.outcome} role="status">
          <p className={styles.good}>
            <IconCircleCheck size={18} stroke={1.7} aria-hidden />
            {t("make.done")}
          </p>
          <Facts facts={outcome.value} />
        </div>
      )}
    </>
  );
}
