import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import { relativeTime } from "../../i18n/relativeTime";
import { useLanguage } from "../../i18n/texts";
import { usePart } from "../../platform/navigation";
import { useMinute } from "../../platform/useMinute";
import { DoubleEdits } from "./DoubleEdits";
import { SetAside } from "./SetAside";
import styles from "./syncDetails.module.css";
import { SyncLog } from "./SyncLog";
import { useLastExchange } from "./useLastExchange";
import { Verify } from "./Verify";
import { WaitingList } from "./WaitingList";

/** How the exchange with the server stands, record by record: when the last was, what waits, what was set aside. */
export function SyncDetails(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const part = usePart<HTMLElement>("sync-details");
  const id = "settings-sync-details";
  return (
    <section ref={part} className={styles.details} aria-labelledby={id}>
      <h3 id={id} className={styles.title} tabIndex={-1}>
        {t("title")}
      </h3>
      <LastExchange />
      <Verify />
      <WaitingList />
      <SetAside />
      <DoubleEdits />
      <SyncLog />
    </section>
  );
}

function LastExchange(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const formats = useFormats();
  const [language] = useLanguage();
  const now = useMinute();
  const at = useLastExchange();
  return (
    <p className={styles.text}>
      {at === null
        ? t("noExchange")
        : t("lastExchange", {
            at: formats.dateTime(at),
            ago: relativeTime(Math.min(at, now), now, language),
          })}
    </p>
  );
}
