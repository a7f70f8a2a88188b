import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import type { RecordForm } from "../../platform/useRecordForm";
import styles from "./areas.module.css";

/** The area's name in the reader's language, the other one beside it, and what kind it is where that is unusual. */
export function AreaTitle({ form }: { readonly form: RecordForm<"area"> }): ReactNode {
  const { t } = useTranslation("areas");
  const [language] = useLanguage();
  if (form.record === null) return <h2>{t("newArea")}</h2>;
  const { nameEn, nameZh, kind } = form.record.data;
  const names = rowNames({ type: "area", id: form.id, bin: false, waiting: false, nameEn, nameZh, kind }, language);
  if (names.first.trim() === "") return <h2 className={styles.noName}>{t("noName")}</h2>;
  return (
    <>
      <h2 lang={names.firstLang} dir="auto">
        {names.first}
      </h2>
      <bdi className={styles.titleSecond} lang={names.secondLang}>
        {names.second}
      </bdi>
      {kind === "subject" && <span className={styles.kind}>{t("subject")}</span>}
    </>
  );
}
