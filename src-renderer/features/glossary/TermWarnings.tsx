import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Term, TermForm } from "../../domain/records/term";
import styles from "./glossary.module.css";
import { avoidedForms } from "./termForm";

/** What to know before the term is used: the warning, then the forms to avoid, the worst first. */
export function TermWarnings({ term }: { readonly term: Pick<Term, "forms" | "note"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const avoided = avoidedForms(term);
  if (term.note === undefined && avoided.length === 0) return null;
  return (
    <div className={styles.warnings} role="note" aria-label={t("warnings")}>
      <IconAlertTriangle className={styles.warningIcon} size={18} stroke={1.7} aria-hidden />
      <div className={styles.warningTexts}>
        {term.note !== undefined && (
          <p className={styles.warning} dir="auto">
            {term.note}
          </p>
        )}
        {avoided.length > 0 && (
          <ul className={styles.avoided}>
            {avoided.map((form) => (
              <li key={form.id}>
                <Avoided form={form} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Avoided({ form }: { readonly form: TermForm }): ReactNode {
  const { t } = useTranslation("glossary");
  const lang = form.language === "en" ? "en" : "zh-CN";
  return (
    <>
      <span className={styles.avoidedForm}>
        <span className={styles.mark} data-status={form.status}>
          {t(`status.${form.status}`)}
        </span>
        <bdi className={styles.avoidedText} data-status={form.status} lang={lang}>
          {form.text}
        </bdi>
        {form.prefer !== undefined && (
          <span className={styles.instead}>
            {t("instead")} <bdi lang={lang}>{form.prefer}</bdi>
          </span>
        )}
      </span>
      {form.reason !== undefined && (
        <span className={styles.reason} dir="auto">
          {form.reason}
        </span>
      )}
    </>
  );
}
