import { IconCategory } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
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

function NameFields({ form }: { readonly form: RecordForm<"area"> }): ReactNode {
  const { t } = useTranslation("areas");
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
  return (
    <FieldGroup>
      <TextField {...nameEn} label={t("field.nameEn")} lang="en" autoComplete="off" autoFocus={form.record === null} />
      <TextField {...nameZh} label={t("field.nameZh")} lang="zh-CN" autoComplete="off" />
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
