import { IconLock } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AppInfo } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import { LanguageSetting } from "./LanguageSetting";
import { Quarantine } from "./Quarantine";
import styles from "./settings.module.css";
import { SyncSettings } from "./SyncSettings";

/** This computer's settings: language, connection, where the data lies. */
export function SettingsSection(): ReactNode {
  const { t } = useTranslation("settings");
  const main = useMain();
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => {
    void main.invoke("app:info", {}).then(setInfo);
  }, [main]);

  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t("title")}</h1>
        <section className={styles.group}>
          <LanguageSetting />
        </section>
        <section className={styles.group}>
          <h2 className={styles.groupTitle}>{t("sync.title")}</h2>
          <p className={styles.text}>{t("sync.intro")}</p>
          <SyncSettings />
          <p className={styles.aside}>
            <IconLock size={15} stroke={1.7} aria-hidden />
            {t("sync.readers")}
          </p>
          <Quarantine />
        </section>
        {info && (
          <>
            <section className={styles.group}>
              <h2 className={styles.groupTitle}>{t("data.title")}</h2>
              <p className={styles.text}>
                {t("data.folder")} <code className={styles.path}>{info.dataFolder}</code>
              </p>
              <p className={styles.quiet}>{t("data.text")}</p>
            </section>
            <section className={styles.group}>
              <h2 className={styles.groupTitle}>{t("about.title")}</h2>
              <p className={styles.text}>{t("about.version", { version: info.version })}</p>
              <p className={styles.quiet}>{t("about.shipped")}</p>
            </section>
          </>
        )}
      </div>
    </div>
  );
}
