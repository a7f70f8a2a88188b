import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/texts";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { ReadingsMenu } from "../../ui/ReadingsMenu";
import { Wide } from "../../ui/RecordPane";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import { changesForText, hasName } from "./organisationForm";
import styles from "./organisations.module.css";
import { ShortFormsField } from "./ShortFormsField";
import { useOrganisationNames } from "./useOrganisationNames";

/** The names in both languages, the reader's own first, with the pinyin and the shorter forms. */
export function NameFields({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const readOnly = useReadOnly();
  const names = useOrganisationNames(form);
  const abbreviation = useFormField(form, {
    field: "abbreviation",
    value: form.record?.data.abbreviation ?? "",
    changes: (text) => changesForText("abbreviation", text),
  });
  const isNew = form.record === null;
  const chineseLeads = language === "zh-CN";
  const nameEn = (
    <TextField
      key="nameEn"
      {...names.nameEn}
      label={t("nameEn")}
      lang="en"
      autoComplete="off"
      wraps
      autoFocus={isNew && !chineseLeads}
    />
  );
  const nameZh = (
    <TextField
      key="nameZh"
      {...names.nameZh}
      label={t("nameZh")}
      lang="zh-CN"
      autoComplete="off"
      wraps
      autoFocus={isNew && chineseLeads}
    />
  );
  return (
    <>
      {chineseLeads ? [nameZh, nameEn] : [nameEn, nameZh]}
      {!hasName({ nameEn: names.nameEn.value, nameZh: names.nameZh.value }) && (
        <Wide>
          <p className={styles.hint} role="note">
            {t("hint.name")}
          </p>
        </Wide>
      )}
      <Wide>
        <TextField
          {...names.pinyin}
          label={t("pinyin")}
          lang="zh-Latn"
          autoComplete="off"
          wraps
          placeholder={names.proposal}
          rightSection={
            !readOnly &&
            names.otherReadings.length > 0 && <ReadingsMenu readings={names.otherReadings} onChoose={names.choose} />
          }
        />
      </Wide>
      <TextField {...abbreviation} label={t("abbreviation")} autoComplete="off" />
      <ShortFormsField form={form} />
    </>
  );
}
