import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Quarantine } from "./Quarantine";
import styles from "./settings.module.css";
import { SyncSettings } from "./SyncSettings";

/** The connection to the team's server, who reads what is there, and what could not be exchanged. */
export function SyncGroup(): ReactNode {
  const { t } = useTranslation("settings");
  return (
    <>
      <p className={styles.text}>{t("sync.intro")}</p>
      <SyncSettings />
      <p className={styles.aside}>
        <IconLock size={15} stroke={1.7} aria-hidden />
        {t("sync.readers")}
      </p>
      <Quarantine />
    </>
  );
}
