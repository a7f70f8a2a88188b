import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFailure } from "../../../src-main/shared/backup";
import { useNavigation } from "../../platform/navigation";
import styles from "./backup.module.css";
import { useBackupFailureText, type Unexpected } from "./failureTexts";

/** Why something with a backup failed; where a passphrase or a kit is missing it leads there. */
export function Problem({ failure }: { readonly failure: BackupFailure | Unexpected }): ReactNode {
  const { t } = useTranslation("backup");
  const failureText = useBackupFailureText();
  const { go } = useNavigation();
  if (failure.kind === "cancelled") {
    return (
      <p className={styles.quiet} role="status">
        {failureText(failure)}
      </p>
    );
  }
  return (
    <>
      <p className={styles.problem} role="alert">
        {failureText(failure)}
      </p>
      {failure.kind === "no-way-to-open" && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              go("settings", "protection");
            }}
          >
            {t("toProtection")}
          </Button>
        </div>
      )}
    </>
  );
}
