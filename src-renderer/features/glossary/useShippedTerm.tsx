import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordOf } from "../../domain/record";
import type { Term, TermForm } from "../../domain/records/term";
import { AreaNames } from "../../ui/AreaNames";
import type { ShownField } from "../../ui/ShippedChanges";
import styles from "./glossary.module.css";

const fieldKeys = {
  abbreviation: "field.abbreviation",
  definitionEn: "field.definitionEn",
  definitionZh: "field.definitionZh",
  note: "field.note",
  source: "field.source",
} as const satisfies Partial<Record<keyof Term, string>>;

/** How the fields of a term look as they ship; all forms of both languages are one field. */
export function useShippedTerm(): (field: string, record: RecordOf<"term">) => ShownField {
  const { t } = useTranslation("glossary");
  return (field, { data }) => {
    if (field === "forms") return { label: t("field.forms"), value: <Forms forms={data.forms} /> };
    if (field === "areaIds") {
      return { label: t("field.areas"), value: data.areaIds.length > 0 ? <AreaNames ids={data.areaIds} /> : "" };
    }
    if (isTextField(field)) return { label: t(fieldKeys[field]), value: data[field] ?? "" };
    // A field that this version does not know.
    return { label: field, value: "" };
  };
}

function isTextField(field: string): field is keyof typeof fieldKeys {
  return Object.hasOwn(fieldKeys, field);
}

function Forms({ forms }: { readonly forms: readonly TermForm[] }): ReactNode {
  const { t } = useTranslation("glossary");
  return (
    <ul className={styles.shippedForms}>
      {forms.map((form) => (
        <li key={form.id}>
          <bdi lang={form.language === "en" ? "en" : "zh-CN"}>{form.text}</bdi>
          <span className={styles.quiet}>
            {[form.pinyin, form.traditional, form.status === "preferred" ? undefined : t(`status.${form.status}`)]
              .filter((part) => part !== undefined && part !== "")
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
