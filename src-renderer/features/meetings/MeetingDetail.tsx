import { IconCalendarOff } from "@tabler/icons-react";
import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { AreasField } from "../../ui/AreasField";
import { RecordFrame } from "../../ui/RecordFrame";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import type { RecordDetailProps } from "../../ui/RecordSection";
import { TextField } from "../../ui/TextField";
import { AttendeesField } from "./AttendeesField";
import { changesForMeetingText } from "./meetingForm";
import styles from "./meetings.module.css";
import { OrganisationsField } from "./OrganisationsField";
import { TimeFields } from "./TimeFields";

const MeetingNote = lazy(async () => ({ default: (await import("./MeetingNote")).MeetingNote }));

/** One meeting's form with its note below. Every field saves by itself. */
export function MeetingDetail({ id, ...frame }: RecordDetailProps<"meeting">): ReactNode {
  const { t } = useTranslation(["meetings", "common"]);
  const form = useRecordForm(id);
  const title = form.record?.data.title ?? "";
  return (
    <RecordFrame
      {...frame}
      form={form}
      missing={{ icon: IconCalendarOff, text: t("empty.noneChosen") }}
      title={
        <h2 dir="auto" className={title.trim() === "" && form.record !== null ? styles.untitled : undefined}>
          {form.record === null ? t("newMeeting") : title.trim() === "" ? t("untitled") : title}
        </h2>
      }
      name={title}
      below={
        <section className={styles.note}>
          <h3 className={styles.noteTitle} aria-hidden>
            {t("field.note")}
          </h3>
          <Suspense fallback={<p className={styles.opening}>{t("common:loading")}</p>}>
            <MeetingNote id={id} />
          </Suspense>
        </section>
      }
    >
      <MeetingFields form={form} />
    </RecordFrame>
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
      <Wide>
        <AreasField type="meeting" form={form} />
      </Wide>
    </FieldGroup>
  );
}
