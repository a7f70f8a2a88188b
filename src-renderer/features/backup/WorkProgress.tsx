import { Button, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../src-main/shared/backup";
import { useFormats } from "../../i18n/formats";
import styles from "./backup.module.css";

/** How far something long is, in words and as a bar, and the way to give it up. */
export function WorkProgress(props: {
  readonly label: string;
  /** 0 to 1; null while it is not known. */
  readonly done: number | null;
  readonly onCancel?: (() => void) | undefined;
}): ReactNode {
  const { label, done, onCancel } = props;
  const { t } = useTranslation(["backup", "common"]);
  const formats = useFormats();
  const percent = done === null ? null : Math.floor(done * 100);
  return (
    <div className={styles.progress}>
      <div className={styles.progressText}>
        <span role="status">{label}</span>
        <span className={styles.percent}>
          {percent !== null && t("backup:percent", { value: formats.number(percent) })}
        </span>
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
        )}
      </div>
      <Progress.Root>
        <Progress.Section value={percent ?? 100} animated={percent === null} aria-label={label} />
      </Progress.Root>
    </div>
  );
}

/** Of main's work with a backup, 0 to 1; null while it is not known. */
export function partDone(progress: BackupState["progress"]): number | null {
  return progress && progress.total > 0 ? progress.done / progress.total : null;
}
