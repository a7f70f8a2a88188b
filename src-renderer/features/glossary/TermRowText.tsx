import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TermRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { PrivateMark } from "../../ui/PrivateMark";
import { ReviewMark } from "../../ui/ReviewMark";
import { WaitingMark } from "../../ui/WaitingMark";
import styles from "./glossary.module.css";

/** A term in the list: the reader's word, the other language's with the pinyin, and whether there is something to beware of. */
export function TermRowText(props: { readonly row: TermRow; readonly marksWaiting: boolean }): ReactNode {
  const { row, marksWaiting } = props;
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const names = rowNames(row, language);
  const pinyin =
    row.pinyin === undefined ? null : (
      <span className={styles.rowPinyin} lang="zh-Latn">
        {row.pinyin}
      </span>
    );
  return (
    <>
      <span className={styles.rowFirst}>
        {names.first === "" ? (
          <span className={styles.noName}>{t("noWords")}</span>
        ) : (
          <bdi className={styles.rowName} lang={names.firstLang}>
            {names.first}
          </bdi>
        )}
        {row.abbreviation !== undefined && <bdi className={styles.abbreviation}>{row.abbreviation}</bdi>}
        <span className={styles.rowMarks}>
          {row.warns && (
            <IconAlertTriangle
              className={styles.rowWarns}
              size={14}
              stroke={1.8}
              role="img"
              aria-label={t("warns")}
              title={t("warns")}
            />
          )}
          <ReviewMark row={row} />
          <PrivateMark row={row} />
          {row.waiting && marksWaiting && <WaitingMark />}
        </span>
      </span>
      <span className={styles.rowSecond}>
        {names.second !== "" && (
          <bdi className={styles.rowOther} lang={names.secondLang}>
            {names.second}
          </bdi>
        )}
        {names.second === "" && names.first !== "" && (
          <span className={styles.noName}>{t(names.firstLang === "en" ? "noChinese" : "noEnglish")}</span>
        )}
        {pinyin}
      </span>
    </>
  );
}
