import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RosterRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import styles from "./organisations.module.css";

/** Records that name the organisation, each leading to its own screen. */
export function LinkedSection(props: {
  readonly title: string;
  readonly rows: readonly RosterRow[];
  /** How many there are beside those shown. */
  readonly more?: number;
  /** Said while there are none; without it the section is left out then. */
  readonly none?: string;
  /** Name of a record that has none. */
  readonly untitled: string;
  /** More about a record, beside its name. */
  readonly detailOf?: (row: RosterRow) => string;
  readonly action?: ReactNode;
}): ReactNode {
  const { title, rows, more = 0, none, untitled, detailOf, action } = props;
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  return (
    <section>
      <div className={styles.linkedHeader}>
        <h3 className={styles.linkedTitle}>{title}</h3>
        {action}
      </div>
      {rows.length === 0 && none !== undefined && <p className={styles.none}>{none}</p>}
      <ul className={styles.linked}>
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
              <bdi className={styles.linkedDetail}>{detail.join(" · ")}</bdi>
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className={styles.none}>{t("more", { count: more })}</p>}
    </section>
  );
}
