import { Button } from "@mantine/core";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { WaitingRow } from "../../ports/notebook";
import { useAnswer } from "../../platform/useAnswer";
import { RecordName } from "./RecordName";
import styles from "./syncDetails.module.css";

/** Rows shown at first, and the most there can be (ports/notebook.ts). */
const SHOWN = 10;
const MOST = 200;
const events = ["changed", "syncStatus", "quarantine"] as const;

/** What the server has not got, record by record, and why. */
export function WaitingList(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const [limit, setLimit] = useState(SHOWN);
  const waiting = useAnswer(
    useCallback((notebook, signal) => notebook.request("waiting", { offset: 0, limit }, { signal }), [limit]),
    events,
  );
  if (waiting === null) return null;
  const { rows, total } = waiting;
  const hidden = total - rows.length;
  const reasons: Record<WaitingRow["reason"], string> = {
    "not-connected": t("reason.notConnected"),
    queued: t("reason.queued"),
    "set-aside": t("reason.setAside"),
    private: t("reason.private"),
    "to-withdraw": t("reason.toWithdraw"),
    gone: t("reason.gone"),
  };
  return (
    <section className={styles.part} aria-label={t("waiting.title")}>
      <h4 className={styles.partTitle}>{t("waiting.title")}</h4>
      <p className={styles.text}>{total === 0 ? t("waiting.none") : t("waiting.text", { count: total })}</p>
      {rows.length > 0 && (
        <ul className={styles.entries}>
          {rows.map(({ id, row, note, reason }) => (
            <li key={id} className={styles.entry}>
              <RecordName row={row} id={id} note={note} />
              <span className={styles.quiet}>{reasons[reason]}</span>
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 &&
        (limit < MOST ? (
          <Button
            className={styles.more}
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              setLimit(MOST);
            }}
          >
            {t("waiting.more", { count: hidden })}
          </Button>
        ) : (
          <p className={styles.quiet}>{t("waiting.beyond", { count: hidden })}</p>
        ))}
    </section>
  );
}
