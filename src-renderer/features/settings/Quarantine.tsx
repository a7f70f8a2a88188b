import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useFormats } from "../../i18n/formats";
import { useNotebook } from "../../platform/notebook";
import { useSyncStatus } from "../../platform/useSyncStatus";
import styles from "./settings.module.css";

/** Entries named; the rest is counted. */
const SHOWN = 20;

/** Records that the sync set aside, with the reason; nothing is shown while there are none. */
export function Quarantine(): ReactNode {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const notebook = useNotebook();
  const status = useSyncStatus();
  const [entries, setEntries] = useState<readonly QuarantineEntry[]>([]);
  const kind = status?.kind;
  useEffect(() => {
    let left = false;
    void notebook.request("quarantine", {}).then(
      (found) => {
        if (!left) setEntries(found);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
    // Set aside or taken back only by an exchange, so it is asked again whenever one begins or ends.
  }, [notebook, kind]);

  if (entries.length === 0) return null;
  const reasons: Record<QuarantineEntry["reason"], string> = {
    unreadable: t("quarantine.unreadable"),
    "too-large": t("quarantine.tooLarge"),
    refused: t("quarantine.refused"),
    "bad-id": t("quarantine.badId"),
  };
  return (
    <div className={styles.quarantine}>
      <h3 className={styles.smallTitle}>{t("quarantine.title")}</h3>
      <p className={styles.text}>{t("quarantine.text", { count: entries.length })}</p>
      <ul className={styles.entries}>
        {entries.slice(0, SHOWN).map((entry) => (
          <li key={`${entry.direction} ${entry.id}`}>
            <code>{entry.id}</code>
            <span className={styles.quiet}>
              {[
                entry.direction === "pull" ? t("quarantine.received") : t("quarantine.sent"),
                reasons[entry.reason],
                entry.detail,
                formats.dateTime(entry.since),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {entries.length > SHOWN && (
        <p className={styles.quiet}>{t("quarantine.more", { count: entries.length - SHOWN })}</p>
      )}
    </div>
  );
}
