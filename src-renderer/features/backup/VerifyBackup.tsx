import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import styles from "./backup.module.css";
import { Facts } from "./Facts";
import { Problem } from "./Problem";
import { useBackupWork } from "./useBackupWork";
import { WorkProgress } from "./WorkProgress";

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
      {isBusy && progress?.work === "verifying" && (
        <WorkProgress
          label={t("progress.checking")}
          done={progress.total > 0 ? progress.done / progress.total : null}
          onCancel={() => void main.invoke("backup:cancel", {})}
        />
      )}
      {outcome && !outcome.ok && <Problem failure={outcome.failure} />}
      {outcome?.ok && (
        <div className={styles.outcome} role="status">
          <p className={styles.good}>
            <IconCircleCheck size={18} stroke={1.7} aria-hidden />
            {t("use.verified")}
          </p>
          <Facts facts={outcome.value} />
        </div>
      )}
    </>
  );
}
