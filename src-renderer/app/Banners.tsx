import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useTrouble } from "../platform/useSyncStatus";
import styles from "./app.module.css";
import { Notice } from "./Notice";
import { RebuildBanner } from "./RebuildBanner";
import type { Started } from "./start";

export interface BannersProps {
  readonly started: Pick<Started, "crashed"> & { readonly info: Pick<Started["info"], "notices"> };
  /** Shipped files that cannot be read. */
  readonly damagedFiles: readonly string[];
}

/**
 * What concerns the whole window: changes that are not being saved (until they are again), a worker that broke, a
 * database that is made anew, repairs made at start, and shipped files that are damaged.
 */
export function Banners({ started, damagedFiles }: BannersProps): ReactNode {
  const { t } = useTranslation("app");
  const failureText = useSaveFailureText();
  const trouble = useTrouble();
  const [crash, setCrash] = useState<string | null>(null);
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
      <RebuildBanner />
      {damagedFiles.map((file) => (
        <Notice key={file}>
          <DamagedFile file={file} />
        </Notice>
      ))}
      {started.info.notices.map((notice) => (
        <Notice key={`${notice.kind} ${notice.keptAs}`}>
          {notice.kind === "settings-corrupt"
            ? t("settingsCorrupt", { file: notice.keptAs })
            : t("notebookSetAside", { folder: notice.keptAs })}
        </Notice>
      ))}
    </>
  );
}

/** What is missing, what is safe, and what to do. */
function DamagedFile({ file }: { readonly file: string }): ReactNode {
  const { t } = useTranslation("app");
  return (
    <>
      {missingText(file)} {t("damaged.text")}
    </>
  );

  function missingText(name: string): string {
    switch (name) {
      case "organisations.json":
        return t("damaged.organisations", { file: name });
      case "glossary.json":
        return t("damaged.terms", { file: name });
      case "technical-areas.json":
      case "subject-areas.json":
        return t("damaged.areas", { file: name });
      default:
        return t("damaged.other", { file: name });
    }
  }
}
