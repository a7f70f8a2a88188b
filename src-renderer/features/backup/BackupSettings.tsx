import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../src-main/shared/backup";
import { useFormats } from "../../i18n/formats";
import { usePart } from "../../platform/navigation";
import { AutomaticBackups } from "./AutomaticBackups";
import styles from "./backup.module.css";
import { BackUpNow } from "./BackUpNow";
import { PathText } from "./PathText";
import { RestoreBackup } from "./RestoreBackup";
import { useBackupState } from "./useBackupState";
import { useSize } from "../../i18n/useSize";
import { VerifyBackup } from "./VerifyBackup";

/** Backups of the notebook: made, made by themselves, verified, and joined again. */
export function BackupSettings(): ReactNode {
  const { t } = useTranslation("backup");
  const part = usePart<HTMLDivElement>("backup");
  const state = useBackupState();
  return (
    <div ref={part} className={styles.settings}>
      <section className={styles.part} aria-labelledby="backup-make">
        <h3 id="backup-make" className={styles.partTitle} tabIndex={-1}>
          {t("make.title")}
        </h3>
        <p className={styles.text}>{t("make.text")}</p>
        {state && <LastBackup last={state.last} />}
        <BackUpNow state={state} />
      </section>
      {state && <AutomaticBackups state={state} />}
      <section className={styles.part} aria-labelledby="backup-use">
        <h3 id="backup-use" className={styles.partTitle}>
          {t("use.title")}
        </h3>
        <p className={styles.text}>{t("use.text")}</p>
        <VerifyBackup state={state} beside={<RestoreBackup into="present" progress={state?.progress ?? null} />} />
      </section>
    </div>
  );
}

function LastBackup({ last }: { readonly last: BackupState["last"] }): ReactNode {
  const { t } = useTranslation("backup");
  const formats = useFormats();
  const size = useSize();
  if (last === null) return <p className={styles.quiet}>{t("make.none")}</p>;
  return (
    <p className={styles.quiet}>
      {t("make.last", { at: formats.dateTime(last.at), size: size(last.bytes) })} <PathText path={last.path} />
    </p>
  );
}
