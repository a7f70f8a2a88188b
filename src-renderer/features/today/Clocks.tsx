import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { brusselsTime } from "../../i18n/brusselsTime";
import { useFormats } from "../../i18n/formats";
import { useLanguage } from "../../i18n/texts";
import styles from "./today.module.css";

/** What the clocks say now in China, where the days are counted, and in Brussels. */
export function Clocks({ now }: { readonly now: number }): ReactNode {
  const { t } = useTranslation("today");
  const [language] = useLanguage();
  const formats = useFormats();
  return (
    <p className={styles.clocks}>
      <span>
        {t("china")} <time className={styles.clock}>{formats.time(now)}</time>
      </span>
      <span>
        {t("brussels")} <time className={styles.clock}>{brusselsTime(new Date(now).toISOString(), language)}</time>
      </span>
    </p>
  );
}
