import { Button } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useTrouble } from "../platform/useSyncStatus";
import styles from "./app.module.css";
import type { Started } from "./start";

/** What concerns the whole window: changes that are not being saved, a worker that broke, repairs made at start. */
export function Banners({ started }: { readonly started: Started }): ReactNode {
  const { t } = useTranslation("app");
  const failureText = useSaveFailureText();
  const trouble = useTrouble();
  const [crash, setCrash] = useState<string | null>(null);
  const [notices, setNotices] = useState(started.info.notices);
  useEffect(() => {
    void started.crashed.then(setCrash);
  }, [started.crashed]);

  return (
    <>
      {crash !== null && (
        <div className={styles.banner} data-kind="failure" role="alert">
          {t("crashed", { detail: crash })}
        </div>
      )}
      {trouble && (
        <div className={styles.banner} data-kind="failure" role="alert">
          {t("trouble", { reason: failureText(trouble) })}
        </div>
      )}
      {notices.map((notice) => (
        <div key={`${notice.kind} ${notice.keptAs}`} className={styles.banner} data-kind="notice" role="alert">
          <span>{t("settingsCorrupt", { file: notice.keptAs })}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setNotices((all) => all.filter((each) => each !== notice));
            }}
          >
            {t("dismiss")}
          </Button>
        </div>
      ))}
    </>
  );
}
