import { IconCloudCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "../../domain/syncStatus";
import type { Today } from "../../ports/notebook";
import { useFormats } from "../../i18n/formats";
import { useNavigation } from "../../platform/navigation";
import { Leads, More, Part } from "./Part";
import { RecordLine } from "./RecordLine";
import styles from "./today.module.css";

const SHOWN = 4;

/** What only this computer has: how much, the newest of it, and the way to why. */
export function NotOnServer(props: { readonly today: Today; readonly status: SyncStatus | null }): ReactNode {
  const { today, status } = props;
  const { t } = useTranslation("today");
  const formats = useFormats();
  const { go } = useNavigation();
  const { waiting, waitingTotal } = today;
  const isConnected = status !== null && status.kind !== "not-connected";
  const listed = waiting.slice(0, SHOWN);

  if (waitingTotal === 0) {
    return (
      <Part title={t("waiting.title")}>
        <p className={styles.none}>
          {isConnected ? (
            <>
              <IconCloudCheck className={styles.inline} size={16} stroke={1.6} aria-hidden />
              {status.kind === "synced" ? t("waiting.noneAt", { time: formats.time(status.at) }) : t("waiting.none")}
            </>
          ) : (
            t("waiting.nothingHere")
          )}
        </p>
      </Part>
    );
  }
  return (
    <Part title={t("waiting.title")} count={formats.number(waitingTotal)}>
      {!isConnected && <p className={styles.none}>{t("waiting.notConnected")}</p>}
      <ul className={styles.lines}>
        {listed.map((row) => (
          <RecordLine key={row.id} row={row} marks={row.bin ? [t("inBin")] : []} />
        ))}
      </ul>
      <More
        hidden={waitingTotal - listed.length}
        onShow={() => {
          go("settings", "sync-details");
        }}
      />
      <Leads
        onGo={() => {
          go("settings", isConnected ? "sync-details" : "sync");
        }}
      >
        {isConnected ? t("waiting.details") : t("waiting.connect")}
      </Leads>
    </Part>
  );
}
