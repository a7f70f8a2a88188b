import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useFormats } from "../../i18n/formats";
import { useSize } from "../../i18n/useSize";
import type { AsideFacts } from "../../ports/setAside";
import styles from "./syncDetails.module.css";
import { useAsideDeeds } from "./useAsideDeeds";

export interface AsideEntryProps {
  readonly entry: QuarantineEntry;
  /** What leads to the record. */
  readonly name: ReactNode;
  /** Of one that was to be sent, once known. */
  readonly facts: AsideFacts | undefined;
  /** When it was tried again, ms since the epoch. */
  readonly triedAt: number | undefined;
  readonly busy: boolean;
  readonly onRetry: () => void;
}

/** One thing that was set aside: why, since when, and what can be done about it. */
export function AsideEntry(props: AsideEntryProps): ReactNode {
  const { entry, name, facts, triedAt, busy, onRetry } = props;
  const { t } = useTranslation(["syncDetails", "common"]);
  const formats = useFormats();
  const { said, save, takeServers, keep } = useAsideDeeds(entry);
  const since = formats.dateTime(entry.since);
  const isPull = entry.direction === "pull";
  const isKept = entry.kept === true;
  const times = [
    isPull ? t("syncDetails:setAside.received", { since }) : t("syncDetails:setAside.sent", { since }),
    ...(triedAt === undefined ? [] : [t("syncDetails:setAside.tried", { time: formats.time(triedAt) })]),
  ];
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        {name}
        <Button size="compact-sm" variant="default" disabled={busy} onClick={onRetry}>
          {t("common:tryAgain")}
        </Button>
      </div>
      {isKept ? (
        <span>{isPull ? t("syncDetails:setAside.keptThere") : t("syncDetails:setAside.keptHere")}</span>
      ) : (
        <Reason entry={entry} bytes={facts?.bytes ?? null} />
      )}
      <span className={styles.quiet}>
        {times.join(" · ")}
        {entry.detail !== "" && (
          <>
            {" · "}
            <code className={styles.detail}>{entry.detail}</code>
          </>
        )}
      </span>
      <Group gap="0.25rem 0.375rem" className={styles.deeds}>
        {(entry.reason !== "bad-id" || !isPull) && facts?.bytes !== null && (
          <Deed text={t("syncDetails:setAside.save")} onDo={save} />
        )}
        {facts?.hasServers === true && <Deed text={t("syncDetails:setAside.takeServers")} onDo={takeServers} />}
        {!isKept && (
          <Deed text={isPull ? t("syncDetails:setAside.leave") : t("syncDetails:setAside.keepHere")} onDo={keep} />
        )}
        <span className={styles.quiet} aria-live="polite">
          {said}
        </span>
      </Group>
    </li>
  );
}

function Deed({ text, onDo }: { readonly text: string; readonly onDo: () => void }): ReactNode {
  return (
    <Button size="compact-sm" variant="subtle" onClick={onDo}>
      {text}
    </Button>
  );
}

function Reason(props: { readonly entry: QuarantineEntry; readonly bytes: number | null }): ReactNode {
  const { entry, bytes } = props;
  const { t } = useTranslation("syncDetails");
  const size = useSize();
  const reason = {
    unreadable: t("setAside.unreadable"),
    "too-large": bytes === null ? t("setAside.tooLarge") : t("setAside.tooLargeSize", { size: size(bytes) }),
    refused: t("setAside.refused"),
    "bad-id": t("setAside.badId"),
  }[entry.reason];
  return <span>{reason}</span>;
}
