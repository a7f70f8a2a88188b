import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts } from "../../../src-main/shared/backup";
import { useFormats } from "../../i18n/formats";
import styles from "./backup.module.css";
import { PathText } from "./PathText";
import { useSize } from "../../i18n/useSize";

/** What a backup says about itself, checked. */
export function Facts({ facts }: { readonly facts: BackupFacts }): ReactNode {
  const { t } = useTranslation("backup");
  const formats = useFormats();
  const size = useSize();
  return (
    <dl className={styles.facts}>
      <dt>{t("facts.madeAt")}</dt>
      <dd>{formats.dateTime(facts.madeAt)}</dd>
      <dt>{t("facts.by")}</dt>
      <dd>{t("facts.version", { version: facts.appVersion })}</dd>
      <dt>{t("facts.size")}</dt>
      <dd>{size(facts.bytes)}</dd>
      <dt>{t("facts.file")}</dt>
      <dd>
        <PathText path={facts.path} />
      </dd>
    </dl>
  );
}
