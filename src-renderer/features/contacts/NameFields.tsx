import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordForm } from "../../platform/useRecordForm";
import { ReadingsMenu } from "../../ui/ReadingsMenu";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import { hasName } from "./contactForm";
import styles from "./contacts.module.css";
import { useNameFields } from "./useNameFields";

/** Chinese name, Latin name and pinyin. */
export function NameFields({ form }: { readonly form: RecordForm<"contact"> }): ReactNode {
  const { t } = useTranslation("contacts");
  const readOnly = useReadOnly();
  const fields = useNameFields(form);
  const named = hasName({ nameZh: fields.nameZh.value, nameLatin: fields.nameLatin.value });
  const source = form.record?.data.pinyin?.source;
  return (
    <FieldGroup>
      <TextField
        {...fields.nameZh}
        label={t("field.nameZh")}
        lang="zh-CN"
        autoComplete="off"
        autoFocus={form.record === null}
      />
      <div>
        <TextField
          {...fields.pinyin}
          label={t("field.pinyin")}
          lang="zh-Latn"
          autoComplete="off"
          placeholder={fields.proposal}
          rightSection={
            !readOnly &&
            fields.otherReadings.length > 0 && <ReadingsMenu readings={fields.otherReadings} onChoose={fields.choose} />
          }
        />
        {source && <p className={styles.below}>{t(source === "typed" ? "hint.pinyinTyped" : "hint.pinyinProposed")}</p>}
      </div>
      <TextField {...fields.nameLatin} label={t("field.nameLatin")} autoComplete="off" />
      {!named && (
        <Wide>
          <p className={styles.hint} role="note">
            {t("hint.name")}
          </p>
        </Wide>
      )}
    </FieldGroup>
  );
}
