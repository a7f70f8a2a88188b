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
  const Icon = iconOf(status);
  return (
    <footer className={styles.statusLine} data-failed={status?.kind === "failed"}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span role="status">{status && describeSync(status, t, formats, saveFailureText)}</span>
    </footer>
  );
}

function iconOf(status: SyncStatus | null): typeof IconRefresh {
  switch (status?.kind) {
    case "failed":
      return IconAlertTriangle;
    case "syncing":
      return IconRefresh;
    case "synced":
      return status.waiting > 0 ? IconCloudUp : IconCloudCheck;
    default:
      return IconCloudOff;
  }
}
