import { IconUserOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, Listed } from "../../domain/records/contact";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import type { Line } from "../../ui/lineItems";
import { ListedLines } from "../../ui/ListedLines";
import { RecordFrame } from "../../ui/RecordFrame";
import { FieldGroup } from "../../ui/RecordPane";
import type { RecordDetailProps } from "../../ui/RecordSection";
import { TextField } from "../../ui/TextField";
import { changesForText } from "./contactForm";
import styles from "./contacts.module.css";
import { MeetingsWith } from "./MeetingsWith";
import { NameFields } from "./NameFields";
import { PostFields } from "./PostFields";

/** One contact's form. Every field saves by itself. */
export function ContactDetail({ id, ...frame }: RecordDetailProps<"contact">): ReactNode {
  const { t } = useTranslation("contacts");
  const form = useRecordForm(id);
  return (
    <RecordFrame
      {...frame}
      form={form}
      missing={{ icon: IconUserOff, text: t("empty.noneChosen") }}
      title={<Title form={form} />}
      name={form.record ? nameOf(form.record.data) : ""}
      below={form.record !== null && <MeetingsWith id={id} />}
    >
      <NameFields form={form} />
      <PostFields form={form} />
      <ReachFields form={form} />
    </RecordFrame>
  );
}

function nameOf(contact: Contact): string {
  return contact.nameZh ?? contact.nameLatin ?? "";
}

function Title({ form }: { readonly form: RecordForm<"contact"> }): ReactNode {
  const { t } = useTranslation(["contacts", "common"]);
  const [language] = useLanguage();
  if (form.record === null) return <h2>{t("newContact")}</h2>;
  const { nameZh, nameLatin } = form.record.data;
  const names = rowNames({ type: "contact", id: form.id, bin: false, waiting: false, nameZh, nameLatin }, language);
  if (names.first.trim() === "") return <h2 className={styles.noName}>{t("noName")}</h2>;
  return (
    <>
      <h2 lang={names.firstLang} dir="auto">
        {names.first}
      </h2>
      <bdi className={styles.titleSecond} lang={names.secondLang}>
        {names.second}
      </bdi>
    </>
  );
}

function linesOf(items: readonly Listed[] = []): readonly Line[] {
  return items.map(({ id, value }) => ({ id, text: value }));
}

function ReachFields({ form }: { readonly form: RecordForm<"contact"> }): ReactNode {
  const { t } = useTranslation(["contacts", "common"]);
  const wechat = useFormField(form, {
    field: "wechat",
    value: form.record?.data.wechat ?? "",
    changes: (text) => changesForText("wechat", text),
  });
  return (
    <FieldGroup>
      <ListedLines
        form={form}
        field="emails"
        textIn="value"
        stored={linesOf(form.record?.data.emails)}
        label={(number) => (number === 1 ? t("field.email") : t("field.emailNumbered", { number }))}
        addLabel={t("addEmail")}
      />
      <ListedLines
        form={form}
        field="phones"
        textIn="value"
        stored={linesOf(form.record?.data.phones)}
        type="tel"
        label={(number) => (number === 1 ? t("field.phone") : t("field.phoneNumbered", { number }))}
        addLabel={t("addPhone")}
      />
      <TextField {...wechat} label={t("field.wechat")} autoComplete="off" />
    </FieldGroup>
  );
}
