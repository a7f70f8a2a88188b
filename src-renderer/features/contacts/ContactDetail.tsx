import { Button } from "@mantine/core";
import { IconTrash, IconUserOff } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { ContactId } from "../../domain/ids";
import type { Contact } from "../../domain/records/contact";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useEdit, useSaveState } from "../../platform/useEdit";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { useRow } from "../../platform/useRows";
import { EmptyState } from "../../ui/EmptyState";
import { FieldGroup, Notice, RecordPane, Unchangeable } from "../../ui/RecordPane";
import { SaveStatus } from "../../ui/SaveStatus";
import { TextField } from "../../ui/TextField";
import { changesForText } from "./contactForm";
import styles from "./contacts.module.css";
import { ListedFields } from "./ListedFields";
import { MeetingsWith } from "./MeetingsWith";
import { NameFields } from "./NameFields";
import { PostFields } from "./PostFields";

export interface ContactDetailProps {
  readonly id: ContactId;
  readonly onDelete: (name: string) => void;
  /** Back to the list. */
  readonly onEscape: () => void;
  readonly paneRef: RefObject<HTMLDivElement | null>;
}

/** One contact's form. Every field saves by itself. */
export function ContactDetail({ id, onDelete, onEscape, paneRef }: ContactDetailProps): ReactNode {
  const { t } = useTranslation(["contacts", "common"]);
  const form = useRecordForm(id);
  const { state, retry } = useSaveState(id);
  const row = useRow(id);
  const inBin = form.record?.deletedAt !== undefined;
  const isNewer = row?.newer === true;
  const name = form.record ? nameOf(form.record.data) : "";

  if (form.state.kind === "loading") return null;
  if (form.record === null && form.state.kind === "gone") {
    return <EmptyState icon={IconUserOff}>{row?.newer ? t("common:newer") : t("empty.noneChosen")}</EmptyState>;
  }
  return (
    <RecordPane
      ref={paneRef}
      onEscape={onEscape}
      title={<Title form={form} />}
      actions={
        <>
          {(form.record !== null || state.kind !== "saved") && <SaveStatus state={state} onRetry={retry} />}
          {form.record !== null && !inBin && !isNewer && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              fw={500}
              leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
              onClick={() => {
                onDelete(name);
              }}
            >
              {t("common:delete")}
            </Button>
          )}
        </>
      }
      notice={<WhatHappened form={form} inBin={inBin} />}
    >
      <Unchangeable when={isNewer}>
        <NameFields form={form} />
        <PostFields form={form} />
        <ReachFields form={form} />
      </Unchangeable>
      {form.record !== null && <MeetingsWith id={id} />}
    </RecordPane>
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

function WhatHappened(props: { readonly form: RecordForm<"contact">; readonly inBin: boolean }): ReactNode {
  const { form, inBin } = props;
  const { t } = useTranslation(["contacts", "common"]);
  const edit = useEdit();
  if (form.state.kind === "gone") return <Notice>{t("gone")}</Notice>;
  if (form.state.kind === "here" && form.state.row.newer) return <Notice>{t("common:newer")}</Notice>;
  if (!inBin) return null;
  return (
    <Notice
      action={
        <Button size="compact-sm" variant="light" onClick={() => void edit({ kind: "restore", id: form.id })}>
          {t("restore")}
        </Button>
      }
    >
      {t("inBin")}
    </Notice>
  );
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
      <ListedFields
        form={form}
        field="emails"
        label={(number) => (number === 1 ? t("field.email") : t("field.emailNumbered", { number }))}
        addLabel={t("addEmail")}
      />
      <ListedFields
        form={form}
        field="phones"
        type="tel"
        label={(number) => (number === 1 ? t("field.phone") : t("field.phoneNumbered", { number }))}
        addLabel={t("addPhone")}
      />
      <TextField {...wechat} label={t("field.wechat")} autoComplete="off" />
    </FieldGroup>
  );
}
