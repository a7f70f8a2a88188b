import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/texts";
import type { RecordForm } from "../../platform/useRecordForm";
import { ReadingsMenu } from "../../ui/ReadingsMenu";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import styles from "./glossary.module.css";
import { missingLanguage } from "./termForm";
import { useWords } from "./useWords";

/** The preferred words, the reader's own language first, with pinyin and traditional form. */
export function WordFields({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const words = useWords(form);
  const missing = missingLanguage({ en: words.en.value, zh: words.zh.value });
  const readOnly = useReadOnly();
  const isNew = form.record === null;
  const chineseLeads = language === "zh-CN";
  const en = (
    <TextField
      key="en"
      {...words.en}
      label={t("field.en")}
      lang="en"
      autoComplete="off"
      autoFocus={isNew && !chineseLeads}
    />
  );
  const zh = (
    <TextField
      key="zh"
      {...words.zh}
      label={t("field.zh")}
      lang="zh-CN"
      autoComplete="off"
      autoFocus={isNew && chineseLeads}
    />
  );
  return (
    <FieldGroup>
      {chineseLeads ? [zh, en] : [en, zh]}
      <div>
        <TextField
          {...words.pinyin}
          label={t("field.pinyin")}
          lang="zh-Latn"
          autoComplete="off"
          placeholder={words.proposal}
          rightSection={
            !readOnly &&
            words.otherReadings.length > 0 && <ReadingsMenu readings={words.otherReadings} onChoose={words.choose} />
          }
        />
        {words.pinyin.value.trim() !== "" && (
          <p className={styles.below}>{t(words.isCorrected ? "hint.pinyinCorrected" : "hint.pinyinProposed")}</p>
        )}
      </div>
      <TextField {...words.traditional} label={t("field.traditional")} lang="zh-Hant" autoComplete="off" />
      {missing !== null && (
        <Wide>
          <p className={styles.hint} role="note">
            {t(`missing.${missing}`)}
          </p>
        </Wide>
      )}
    </FieldGroup>
  );
}
