import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isIdOf } from "../../domain/ids";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useFormats } from "../../i18n/formats";
import { useRows } from "../../platform/useRows";
import { RecordName } from "./RecordName";
import { subjectOf } from "./subjectOf";
import styles from "./syncDetails.module.css";
import { keyOf, useQuarantine } from "./useQuarantine";

/** Entries named; the rest is counted and tried again with the others. */
const SHOWN = 20;

/** What could not be exchanged and was set aside so that the rest goes on: why, since when, and trying it again. */
export function SetAside(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const { entries, tried, busy, retry } = useQuarantine();
  const [all, setAll] = useState(false);
  const listed = all ? entries : entries.slice(0, SHOWN);
  const rows = useRows([...new Set(listed.flatMap(({ id }) => subjectOf(id) ?? []))]);
  return (
    <section className={styles.part} aria-label={t("setAside.title")}>
      <div className={styles.partHeader}>
        <h4 className={styles.partTitle}>{t("setAside.title")}</h4>
        {entries.length > 1 && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            onClick={() => {
              retry(entries);
            }}
          >
            {t("setAside.tryAll")}
          </Button>
        )}
      </div>
      {entries.length === 0 ? (
        <p className={styles.fine}>
          <IconCircleCheck size={16} stroke={1.6} aria-hidden />
          {t("setAside.none")}
        </p>
      ) : (
        <p className={styles.text}>{t("setAside.text", { count: entries.length })}</p>
      )}
      {listed.length > 0 && (
        <ul className={styles.entries}>
          {listed.map((entry) => {
            const subject = subjectOf(entry.id);
            return (
              <Entry
                key={keyOf(entry)}
                entry={entry}
                triedAt={tried.get(keyOf(entry))}
                name={
                  <RecordName
                    row={(subject && rows.get(subject)) ?? null}
                    id={entry.id}
                    note={isIdOf("note", entry.id)}
                  />
                }
                onRetry={() => {
                  retry([entry]);
                }}
                busy={busy}
              />
            );
          })}
        </ul>
      )}
      {entries.length > listed.length && (
        <Button
          className={styles.more}
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            setAll(true);
          }}
        >
          {t("setAside.more", { count: entries.length - listed.length })}
        </Button>
      )}
    </section>
  );
}

function Entry(props: {
  readonly entry: QuarantineEntry;
  readonly name: ReactNode;
  readonly triedAt: number | undefined;
  readonly busy: boolean;
  readonly onRetry: () => void;
}): ReactNode {
  const { entry, name, triedAt, busy, onRetry } = props;
  const { t } = useTranslation(["syncDetails", "common"]);
  const formats = useFormats();
  const reason = {
    unreadable: t("syncDetails:setAside.unreadable"),
    "too-large": t("syncDetails:setAside.tooLarge"),
    refused: t("syncDetails:setAside.refused"),
    "bad-id": t("syncDetails:setAside.badId"),
  }[entry.reason];
  const since = formats.dateTime(entry.since);
  const times = [
    entry.direction === "pull"
      ? t("syncDetails:setAside.received", { since })
      : t("syncDetails:setAside.sent", { since }),
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
      <span>{reason}</span>
      <span className={styles.quiet}>
        {times.join(" · ")}
        {entry.detail !== "" && (
          <>
            {" · "}
            <code className={styles.detail}>{entry.detail}</code>
          </>
        )}
      </span>
    </li>
  );
}
