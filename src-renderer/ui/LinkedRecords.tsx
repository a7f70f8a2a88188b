import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import type { RosterRow } from "../domain/rosterRow";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useOpenRecord } from "../platform/navigation";
import styles from "./LinkedRecords.module.css";

/** Records that name the one shown, each leading to its own screen. */
export function LinkedRecords(props: {
  readonly title: ReactNode;
  readonly rows: readonly RosterRow[];
  /** What is said or offered below about those not shown. */
  readonly more?: ReactNode;
  /** Said while there are none; without it the section is left out then. */
  readonly none?: string;
  /** Name of a record that has none. */
  readonly untitled: string;
  /** More about a record, beside its name. */
  readonly detailOf?: (row: RosterRow) => string;
  readonly action?: ReactNode;
}): ReactNode {
  const { title, rows, more, none, untitled, detailOf, action } = props;
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  return (
    <section>
      <div className={styles.header}>
        <h3 className={styles.title}>{title}</h3>
        {action}
      </div>
      {rows.length === 0 && none !== undefined && <p className={styles.none}>{none}</p>}
      <ul className={styles.records}>
        {rows.map((row) => {
          const names = rowNames(row, language);
          const detail = [names.second, detailOf?.(row) ?? ""].filter((part) => part !== "");
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
              <bdi className={styles.detail}>{detail.join(" · ")}</bdi>
            </li>
          );
        })}
      </ul>
      {more}
    </section>
  );
}
