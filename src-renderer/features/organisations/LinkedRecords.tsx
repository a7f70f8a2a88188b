import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useList } from "../../platform/useList";
import styles from "./organisations.module.css";

/** Rows shown under an organisation; the rest is counted. */
const SHOWN = 30;

/** The people at an organisation, or the meetings with it, each leading to its own screen. */
export function LinkedRecords(props: {
  readonly title: string;
  readonly type: "contact" | "meeting";
  readonly linkedTo: OrganisationId;
  /** Said while there are none. */
  readonly none: string;
  readonly untitled?: string;
  readonly detailOf?: (row: RosterRow) => string;
  readonly action?: ReactNode;
}): ReactNode {
  const { title, type, linkedTo, none, untitled = "", detailOf, action } = props;
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  const list = useList({ type, linkedTo });
  const rows: RosterRow[] = [];
  for (let index = 0; index < Math.min(list.total, SHOWN); index += 1) {
    const row: RosterRow | undefined = list.rowAt(index);
    if (row) rows.push(row);
  }
  return (
    <section>
      <div className={styles.linkedHeader}>
        <h3 className={styles.linkedTitle}>{title}</h3>
        {action}
      </div>
      {list.total === 0 && !list.loading && <p className={styles.none}>{none}</p>}
      <ul className={styles.linked}>
        {rows.map((row) => {
          const names = rowNames(row, language);
          const detail = [names.second, detailOf?.(row) ?? (row.type === "contact" ? (row.jobTitle ?? "") : "")];
          return (
            <li key={row.id}>
              <Anchor
                component="button"
                type="button"
                size="md"
                className={styles.link}
                onClick={() => {
                  openRecord(row.id);
                }}
              >
                <bdi lang={names.firstLang}>{names.first === "" ? untitled : names.first}</bdi>
              </Anchor>
              <bdi className={styles.linkedDetail}>{detail.filter((part) => part !== "").join(" · ")}</bdi>
            </li>
          );
        })}
      </ul>
      {list.total > SHOWN && <p className={styles.none}>{t("more", { count: list.total - SHOWN })}</p>}
    </section>
  );
}
