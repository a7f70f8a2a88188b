import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "../domain/syncStatus";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useFormats } from "../i18n/formats";
import { useSyncStatus } from "../platform/useSyncStatus";
import styles from "./app.module.css";
import { describeSync } from "./syncTexts";

/** One line about the sync. Always there, also while empty, so that screen readers follow its changes. */
export function StatusLine(): ReactNode {
  const { t } = useTranslation("app");
  const formats = useFormats();
  const saveFailureText = useSaveFailureText();
  const status = useSyncStatus();
  const texts = status && describeSync(status, t, formats, saveFailureText);
  return (
    <footer className={styles.statusLine} data-failed={status?.kind === "failed"}>
      <SyncIcon status={status} />
      <span role="status">{texts?.status}</span>
      {texts && texts.besides.length > 0 && <span className={styles.statusBesides}>{texts.besides.join(" · ")}</span>}
    </footer>
  );
}

function SyncIcon({ status }: { readonly status: SyncStatus | null }): ReactNode {
  const looks = { size: 15, stroke: 1.6, "aria-hidden": true };
  switch (status?.kind) {
    case "failed":
      return <IconAlertTriangle {...looks} />;
    case "syncing":
      return <IconRefresh {...looks} />;
    case "synced":
      return status.waiting > 0 ? <IconCloudUp {...looks} /> : <IconCloudCheck {...looks} />;
    case "not-connected":
    case "offline":
    case undefined:
      return <IconCloudOff {...looks} />;
  }
}
