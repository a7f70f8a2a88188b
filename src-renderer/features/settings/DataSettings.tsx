import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { OpenPlace } from "./OpenPlace";
import styles from "./settings.module.css";
import { useAppInfo } from "./useAppInfo";

/** Where the notebook lies. */
export function DataSettings(): ReactNode {
  const { t } = useTranslation("settings");
  const info = useAppInfo();
  return (
    <>
      {info && (
        <p className={styles.text}>
          {t("data.folder")} <code className={styles.path}>{info.dataFolder}</code>
        </p>
      )}
      <div>
        <OpenPlace place="data-folder" label={t("data.open")} />
      </div>
      <p className={styles.quiet}>{t("data.text")}</p>
    </>
  );
}
