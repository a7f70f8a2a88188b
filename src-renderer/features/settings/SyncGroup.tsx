import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePart } from "../../platform/navigation";
import styles from "./settings.module.css";
import { SyncDetails } from "./SyncDetails";
import { SyncSettings } from "./SyncSettings";

/** The connection to the team's server, who reads what is there, and how the exchange stands. */
export function SyncGroup(): ReactNode {
  const { t } = useTranslation("settings");
  const connection = usePart<HTMLDivElement>("sync");
  return (
    <>
      <p className={styles.text}>{t("sync.intro")}</p>
      <div ref={connection} className={styles.connection}>
        <SyncSettings />
      </div>
      <p className={styles.aside}>
        <IconLock size={15} stroke={1.7} aria-hidden />
        {t("sync.readers")}
      </p>
      <SyncDetails />
    </>
  );
}
