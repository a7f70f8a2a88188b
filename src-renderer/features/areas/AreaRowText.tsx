import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRow } from "../../platform/useRows";
import { PrivateMark } from "../../ui/PrivateMark";
import { ReviewMark } from "../../ui/ReviewMark";
import { WaitingMark } from "../../ui/WaitingMark";
import styles from "./areas.module.css";

/** An area in the list: both names, of a retired one its last day, and below no tree the area it stands below. */
export function AreaRowText(props: {
  readonly row: AreaRow;
  readonly marksWaiting: boolean;
  readonly retired: boolean;
  readonly depth: number;
  /** Says the superior, where the row does not stand below it. */
  readonly withSuperior: boolean;
}): ReactNode {
  const { row, marksWaiting, retired, depth, withSuperior } = props;
  const { t } = useTranslation("areas");
  const [language] = useLanguage();
  const formats = useFormats();
  const superior = useRow(withSuperior ? row.parentId : undefined);
  const names = rowNames(row, language);
  const second = [
    names.second,
    superior ? t("below", { name: rowNames(superior, language).first }) : "",
    retired && row.validTo !== undefined ? t("until", { day: formats.date(row.validTo) }) : "",
  ].filter((part) => part !== "");
  return (
    <div className={styles.row} data-retired={retired} style={{ paddingInlineStart: `${String(depth * 1.25)}rem` }}>
      <span className={styles.rowFirst}>
        {names.first === "" ? (
          <span className={styles.noName}>{t("noName")}</span>
        ) : (
          <bdi className={styles.rowName} lang={names.firstLang}>
            {names.first}
          </bdi>
        )}
        <ReviewMark row={row} />
        <PrivateMark row={row} />
        {row.waiting && marksWaiting && <WaitingMark />}
      </span>
      <bdi className={styles.rowSecond} lang={names.secondLang}>
        {second.join(" · ")}
      </bdi>
    </div>
  );
}
