import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AnyRecord } from "../../domain/record";
import { useFormats } from "../../i18n/formats";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRows } from "../../platform/useRows";
import styles from "./bin.module.css";
import { factsOf, type Fact } from "./facts";
import { useNoteText } from "./useNoteText";

/** Texts and names shown of one fact; the rest is counted. */
const SHOWN = 12;
/** Of the note, in characters. */
const NOTE_SHOWN = 600;

/** What is in a deleted record, in short and not to be changed. */
export function BinFacts({ record }: { readonly record: AnyRecord }): ReactNode {
  const { t } = useTranslation("bin");
  const facts = factsOf(record);
  const note = useNoteText(record.id);
  return (
    <>
      {facts.length === 0 && note === "" && <p className={styles.quiet}>{t("emptyRecord")}</p>}
      <dl className={styles.facts}>
        {facts.map((fact) => (
          <div key={fact.label} className={styles.fact}>
            <dt>{t(`fact.${fact.label}`)}</dt>
            <dd>
              <FactValue fact={fact} />
            </dd>
          </div>
        ))}
        {note !== null && note.trim() !== "" && (
          <div className={styles.fact}>
            <dt>{t("fact.note")}</dt>
            <dd className={styles.noteText} dir="auto">
              {note.length > NOTE_SHOWN ? `${note.slice(0, NOTE_SHOWN)}…` : note}
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

function FactValue({ fact }: { readonly fact: Fact }): ReactNode {
  const { t } = useTranslation("bin");
  const [language] = useLanguage();
  const formats = useFormats();
  const { texts = [], records = [], at } = fact;
  const rows = useRows(records.slice(0, SHOWN));
  if (at !== undefined) return formats.dateTime(at);
  const names = [...rows.values()].flatMap((row) => (row ? [rowNames(row, language).first || t("unnamed")] : []));
  const all = [...texts.filter((text) => text.trim() !== ""), ...names];
  const hidden = Math.max(0, all.length - SHOWN) + Math.max(0, records.length - SHOWN);
  return (
    <ul className={styles.values}>
      {all.slice(0, SHOWN).map((text, index) => (
        <li key={`${String(index)} ${text}`}>
          <bdi>{text}</bdi>
        </li>
      ))}
      {hidden > 0 && <li className={styles.quiet}>{t("more", { count: hidden })}</li>}
    </ul>
  );
}
