import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./settings.module.css";
import { useAppInfo } from "./useAppInfo";

/** Which program this is. */
export function AboutSettings(): ReactNode {
  const { t } = useTranslation("settings");
  const info = useAppInfo();
  return (
    <>
      {info && <p className={styles.text}>{t("about.version", { version: info.version })}</p>}
      <p className={styles.quiet}>{t("about.shipped")}</p>
    </>
  );
}
