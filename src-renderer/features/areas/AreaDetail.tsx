import { IconCategory } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/texts";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { RecordFrame } from "../../ui/RecordFrame";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import type { RecordDetailProps } from "../../ui/RecordSection";
import { TextField } from "../../ui/TextField";
import { AreaSteps } from "./AreaSteps";
import { changesForText } from "./areaForm";
import { AreaTitle } from "./AreaTitle";
import { FormerNames } from "./FormerNames";
import { NamedBy } from "./NamedBy";
import { PlaceFields } from "./PlaceFields";
import { useShippedArea } from "./useShippedArea";
import styles from "./areas.module.css";

/** One area's form: its names, what becomes of it with time, its place, and what names it. */
export function AreaDetail({ id, ...frame }: RecordDetailProps<"area">): ReactNode {
  const { t } = useTranslation("areas");
  const form = useRecordForm(id);
  const show = useShippedArea();
  return (
    <RecordFrame
      {...frame}
      form={form}
      missing={{ icon: IconCategory, text: t("empty.noneChosen") }}
      title={<AreaTitle form={form} />}
      name=""
      deletable={false}
      showShipped={show}
      below={form.record !== null && <NamedBy id={id} />}
    >
      <NameFields form={form} />
      {form.record !== null && <AreaSteps form={form} area={form.record.data} />}
      <PlaceFields form={form} />
      {form.record !== null && <FormerNames form={form} area={form.record.data} />}
    </RecordFrame>
  );
}

/** The names, the reader's own language first. */
function NameFields({ form }: { readonly form: RecordForm<"area"> }): ReactNode {
  const { t } = useTranslation("areas");
  const [language] = useLanguage();
  const nameEn = useFormField(form, {
    field: "nameEn",
    value: form.record?.data.nameEn ?? "",
    changes: (text) => changesForText("nameEn", text),
  });
  const nameZh = useFormField(form, {
    field: "nameZh",
    value: form.record?.data.nameZh ?? "",
    changes: (text) => changesForText("nameZh", text),
  });
  const isNamed = nameEn.value.trim() !== "" || nameZh.value.trim() !== "";
  const isNew = form.record === null;
  const chineseLeads = language === "zh-CN";
  const en = (
    <TextField
      key="en"
      {...nameEn}
      label={t("field.nameEn")}
      lang="en"
      autoComplete="off"
      autoFocus={isNew && !chineseLeads}
    />
  );
  const zh = (
    <TextField
      key="zh"
      {...nameZh}
      label={t("field.nameZh")}
      lang="zh-CN"
      autoComplete="off"
      autoFocus={isNew && chineseLeads}
    />
  );
  return (
    <FieldGroup>
      {chineseLeads ? [zh, en] : [en, zh]}
      {!isNamed && (
        <Wide>
          <p className={styles.hint} role="note">
            {t("hint.name")}
          </p>
        </Wide>
      )}
    </FieldGroup>
  );
}
