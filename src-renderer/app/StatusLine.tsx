import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconKeyboard,
  IconRefresh,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "../domain/syncStatus";
import { ProtectionReminder } from "../features/protection/ProtectionReminder";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useFormats } from "../i18n/formats";
import { useMinute } from "../platform/useMinute";
import { useNavigation } from "../platform/navigation";
import { useSyncStatus } from "../platform/useSyncStatus";
import { ZonePair } from "../ui/ZonePair";
import styles from "./app.module.css";
import { describeSync } from "./syncTexts";

/**
 * One line about the sync, always there, also while empty, so that screen readers follow its changes; and the two clocks
 * that the work goes by.
 */
export function StatusLine({ onShortcuts }: { readonly onShortcuts: () => void }): ReactNode {
  const { t } = useTranslation("app");
  const formats = useFormats();
  const saveFailureText = useSaveFailureText();
  const status = useSyncStatus();
  const texts = status && describeSync(status, t, formats, saveFailureText);
  return (
    <footer className={styles.statusLine} data-failed={status?.kind === "failed"}>
      <SyncIcon status={status} />
      <span role="status">{texts ? <LeadsToWhy status={status}>{texts.status}</LeadsToWhy> : t("opening")}</span>
      {texts && texts.besides.length > 0 && (
        <span className={styles.statusBesides}>
          <LeadsToWhy status={status}>{texts.besides.join(" · ")}</LeadsToWhy>
        </span>
      )}
      <ProtectionReminder />
      <span className={styles.statusEnd}>
        <Clocks />
        <Tooltip label={t("shortcuts.title")} openDelay={400} closeDelay={0} position="top-end">
          <ActionIcon variant="subtle" color="gray" size={22} aria-label={t("shortcuts.title")} onClick={onShortcuts}>
            <IconKeyboard size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </span>
    </footer>
  );
}

/** Told anew every minute, and by no screen reader unless asked. */
function Clocks(): ReactNode {
  const now = useMinute();
  return (
    <time className={styles.clocks} dateTime={new Date(now).toISOString()}>
      <ZonePair at={now} />
    </time>
  );
}

/** What waits or fails leads to the reasons in Settings; a password that is asked for, to its field. */
function LeadsToWhy(props: { readonly status: SyncStatus; readonly children: string }): ReactNode {
  const { status, children } = props;
  const { go } = useNavigation();
  if (status.kind === "not-connected" || (status.kind !== "failed" && status.waiting === 0)) return children;
  const isAsked = status.kind === "failed" && status.failure.kind === "credentials-rejected";
  return (
    <button
      type="button"
      className={styles.statusLink}
      onClick={() => {
        go("settings", isAsked ? "sync" : "sync-details");
      }}
    >
      {children}
    </button>
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
