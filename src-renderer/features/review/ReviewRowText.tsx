import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { relativeTime } from "../../i18n/relativeTime";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useMinute } from "../../platform/useMinute";
import type { ReviewRecord } from "../../ports/review";
import { KindIcon } from "../../ui/KindIcon";
import styles from "./review.module.css";

/** A record in the list: its name, how many of its values are open, and since when. */
export function ReviewRowText({ of: { row, values } }: { readonly of: ReviewRecord }): ReactNode {
  const { t } = useTranslation(["review", "common"]);
  const [language] = useLanguage();
  const now = useMinute();
  const names = rowNames(row, language);
  const name = names.first.trim();
  const last = Math.max(...values.flatMap(({ at, shownBy }) => [Date.parse(at), Date.parse(shownBy?.at ?? at)]));
  return (
    <span className={styles.row}>
      <span className={styles.rowIcon} title={t(`common:kind.${row.type}`)}>
        <KindIcon type={row.type} />
      </span>
      <span className={styles.rowTexts}>
        <bdi className={styles.rowName} lang={names.firstLang}>
          {name === "" ? t("common:untitled") : name}
        </bdi>
        <span className={styles.facts}>
          <span>{t("review:values", { count: values.length })}</span>
          <span>{relativeTime(Math.min(last, now), now, language)}</span>
        </span>
      </span>
    </span>
  );
}
