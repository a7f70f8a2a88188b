import { IconVocabularyOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { preferredForm, type Term } from "../../domain/records/term";
import { useLanguage } from "../../i18n/texts";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { AreaNames } from "../../ui/AreaNames";
import { RecordFrame } from "../../ui/RecordFrame";
import type { RecordDetailProps } from "../../ui/RecordSection";
import { DefinitionFields, FilingFields } from "./DefinitionFields";
import styles from "./glossary.module.css";
import { OtherForms } from "./OtherForms";
import { TermReading } from "./TermReading";
import { useShippedTerm } from "./useShippedTerm";
import { WordFields } from "./WordFields";

/** What a term that is only begun says. */
const nothing: Pick<Term, "forms" | "note"> = { forms: [] };

/** One term: first what an interpreter reads, then the same as a form in which every field saves by itself. */
export function TermDetail({ id, ...frame }: RecordDetailProps<"term">): ReactNode {
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const form = useRecordForm(id);
  const show = useShippedTerm();
  return (
    <RecordFrame
      {...frame}
      form={form}
      missing={{ icon: IconVocabularyOff, text: t("empty.noneChosen") }}
      title={<Title form={form} />}
      name={form.record ? nameOf(form.record.data, language) : ""}
      showShipped={show}
    >
      <TermReading term={form.record?.data ?? nothing} />
      <WordFields form={form} />
      <DefinitionFields form={form} />
      <OtherForms form={form} />
      <FilingFields form={form} />
    </RecordFrame>
  );
}

function nameOf(term: Term, language: string): string {
  const [en, zh] = [preferredForm(term, "en")?.text, preferredForm(term, "zh")?.text];
  return (language === "en" ? (en ?? zh) : (zh ?? en)) ?? "";
}

/** The words themselves lead what is read below; the head says where they belong and what they are shortened to. */
function Title({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  if (form.record === null) return <span className={styles.kicker}>{t("newTerm")}</span>;
  const { abbreviation, areaIds } = form.record.data;
  return (
    <span className={styles.kicker}>
      {areaIds.length > 0 ? <AreaNames ids={areaIds} /> : t("noArea")}
      {abbreviation !== undefined && <bdi className={styles.abbreviation}>{abbreviation}</bdi>}
    </span>
  );
}
