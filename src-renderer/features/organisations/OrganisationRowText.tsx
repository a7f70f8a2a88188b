import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { PrivateMark } from "../../ui/PrivateMark";
import { ReviewMark } from "../../ui/ReviewMark";
import { WaitingMark } from "../../ui/WaitingMark";
import styles from "./organisations.module.css";

/** One organisation in a list: its name, and below it the other language's name with the abbreviation. */
export function OrganisationRowText(props: {
  readonly row: OrganisationRow;
  /** Off while there is no server: then every change is only here. */
  readonly marksWaiting: boolean;
  /** Says the level too, since the row stands under no heading. */
  readonly ranked: boolean;
}): ReactNode {
  const { row, marksWaiting, ranked } = props;
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const names = rowNames(row, language);
  return (
    <>
      <span className={styles.rowFirst}>
        {names.first === "" ? (
          <span className={styles.noName}>{t("noName")}</span>
        ) : (
          <bdi lang={names.firstLang}>{names.first}</bdi>
        )}
        {row.abbreviation !== undefined && <span className={styles.rowAbbreviation}>{row.abbreviation}</span>}
        <ReviewMark row={row} />
        <PrivateMark row={row} />
        {row.waiting && marksWaiting && <WaitingMark />}
      </span>
      {names.second !== "" && (
        <bdi className={styles.rowSecond} lang={names.secondLang}>
          {names.second}
        </bdi>
      )}
      {ranked && <span className={styles.rowSecond}>{t(`level.${row.level}`)}</span>}
    </>
  );
}
