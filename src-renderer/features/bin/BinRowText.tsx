import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RosterRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { KindIcon } from "../../ui/KindIcon";
import { PrivateMark } from "../../ui/PrivateMark";
import styles from "./bin.module.css";

/** A deleted record in the list: what kind, its names in both languages, when it was deleted; a hidden one of a shipped list says so. */
export function BinRowText({ row }: { readonly row: RosterRow }): ReactNode {
  const { t } = useTranslation(["bin", "common"]);
  const [language] = useLanguage();
  const formats = useFormats();
  const names = rowNames(row, language);
  const more = [
    t(`common:kind.${row.type}`),
    row.shipped ? t("bin:hidden") : "",
    row.deletedAt === undefined ? "" : formats.dateTime(row.deletedAt),
  ];
  return (
    <span className={styles.row}>
      <span className={styles.kind}>
        <KindIcon type={row.type} />
      </span>
      <span className={styles.rowTexts}>
        <span className={styles.rowName} title={names.first}>
          <bdi lang={names.firstLang}>{names.first.trim() === "" ? t("common:untitled") : names.first}</bdi>
          {names.second !== "" && (
            <bdi className={styles.rowSecond} lang={names.secondLang}>
              {names.second}
            </bdi>
          )}
          <PrivateMark row={row} />
        </span>
        <span className={styles.rowMore}>{more.filter((part) => part !== "").join(" · ")}</span>
      </span>
    </span>
  );
}
