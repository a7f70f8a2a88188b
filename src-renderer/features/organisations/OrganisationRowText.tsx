import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import styles from "./organisations.module.css";

/** One organisation in a list: its name, and below it the other language's name with the abbreviation. */
export function OrganisationRowText(props: {
  readonly row: OrganisationRow;
  /** Says the level too, where the list is not grouped by it. */
  readonly withLevel?: boolean;
}): ReactNode {
  const { row, withLevel = false } = props;
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const names = rowNames(row, language);
  return (
    <>
      <span className={styles.rowFirst}>
        <span lang={names.firstLang}>{names.first}</span>
        {row.abbreviation !== undefined && <span className={styles.rowAbbreviation}>{row.abbreviation}</span>}
      </span>
      {names.second !== "" && (
        <span className={styles.rowSecond} lang={names.secondLang}>
          {names.second}
        </span>
      )}
      {withLevel && <span className={styles.rowSecond}>{t(`level.${row.level}`)}</span>}
    </>
  );
}
