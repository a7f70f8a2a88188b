import { Button } from "@mantine/core";
import { IconCalendarOff, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingId } from "../../domain/ids";
import { useEdit, useSaveState } from "../../platform/useEdit";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { useRow } from "../../platform/useRows";
import { EmptyState } from "../../ui/EmptyState";
import { FieldGroup, Notice, RecordPane, Unchangeable, Wide } from "../../ui/RecordPane";
import { SaveStatus } from "../../ui/SaveStatus";
import { TextField } from "../../ui/TextField";
import { AttendeesField } from "./AttendeesField";
import { changesForMeetingText } from "./meetingForm";
import styles from "./meetings.module.css";
import { OrganisationsField } from "./OrganisationsField";
import { TimeFields } from "./TimeFields";

const MeetingNote = lazy(async () => ({ default: (await import("./MeetingNote")).MeetingNote }));

export interface MeetingDetailProps {
  readonly id: MeetingId;
  readonly onDelete: (name: string) => void;
  /** Back to the list. */
  readonly onEscape: () => void;
  readonly paneRef: RefObject<HTMLDivElement | null>;
}

/** One meeting's form with its note below. Every field saves by itself. */
export function MeetingDetail({ id, onDelete, onEscape, paneRef }: MeetingDetailProps): ReactNode {
  const { t } = useTranslation(["meetings", "common"]);
  const form = useRecordForm(id);
  const { state, retry } = useSaveState(id);
  const row = useRow(id);
  const inBin = form.record?.deletedAt !== undefined;
  const isNewer = row?.newer === true;
  const title = form.record?.data.title ?? "";

  if (form.state.kind === "loading") return null;
  if (form.record === null && form.state.kind === "gone") {
    return <EmptyState icon={IconCalendarOff}>{row?.newer ? t("common:newer") : t("empty.noneChosen")}</EmptyState>;
  }
  return (
    <RecordPane
      ref={paneRef}
      onEscape={onEscape}
      title={
        <h2 dir="auto" className={title.trim() === "" && form.record !== null ? styles.untitled : undefined}>
          {form.record === null ? t("newMeeting") : title.trim() === "" ? t("untitled") : title}
        </h2>
      }
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
                onDelete(title);
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
        <MeetingFields form={form} />
      </Unchangeable>
      <section className={styles.note}>
        <h3 className={styles.noteTitle} aria-hidden>
          {t("field.note")}
        </h3>
        <Suspense fallback={<p className={styles.opening}>{t("common:loading")}</p>}>
          <MeetingNote id={id} />
        </Suspense>
      </section>
    </RecordPane>
  );
}

function MeetingFields({ form }: { readonly form: RecordForm<"meeting"> }): ReactNode {
  const { t } = useTranslation("meetings");
  const title = useFormField(form, {
    field: "title",
    value: form.record?.data.title ?? "",
    changes: (text) => changesForMeetingText("title", text),
  });
  const place = useFormField(form, {
    field: "place",
    value: form.record?.data.place ?? "",
    changes: (text) => changesForMeetingText("place", text),
  });
  return (
    <FieldGroup>
      <Wide>
        <TextField {...title} label={t("field.title")} autoComplete="off" autoFocus={form.record === null} />
      </Wide>
      <TimeFields form={form} />
      <Wide>
        <TextField {...place} label={t("field.place")} autoComplete="off" />
      </Wide>
      <Wide>
        <OrganisationsField form={form} />
      </Wide>
      <Wide>
        <AttendeesField form={form} />
      </Wide>
    </FieldGroup>
  );
}

function WhatHappened(props: { readonly form: RecordForm<"meeting">; readonly inBin: boolean }): ReactNode {
  const { form, inBin } = props;
  const { t } = useTranslation(["meetings", "common"]);
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
