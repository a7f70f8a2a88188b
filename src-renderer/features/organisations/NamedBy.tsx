import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { v7 as uuid } from "uuid";
import type { OrganisationId } from "../../domain/ids";
import { useFormats } from "../../i18n/formats";
import { useOpenRecord } from "../../platform/navigation";
import { useBegin } from "../../platform/useBegin";
import { useList, type ListView } from "../../platform/useList";
import { LinkedRecords } from "../../ui/LinkedRecords";
import styles from "./organisations.module.css";

/** Rows shown under an organisation; the rest is counted. */
const SHOWN = 30;

/** The people at an organisation. */
export function PeopleAt({ id }: { readonly id: OrganisationId }): ReactNode {
  const { t } = useTranslation("organisations");
  const openRecord = useOpenRecord();
  const begin = useBegin();
  const list = useList({ type: "contact", linkedTo: id });
  return (
    <LinkedRecords
      title={t("people")}
      rows={firstRows(list)}
      more={<More count={list.total - SHOWN} />}
      {...(list.loading ? {} : { none: t("noPeople") })}
      untitled={t("noName")}
      detailOf={(row) => (row.type === "contact" ? (row.jobTitle ?? "") : "")}
      action={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => {
            const post = { id: uuid(), organisationId: id };
            openRecord(begin("contact", [{ op: "putItem", field: "posts", item: post }]));
          }}
        >
          {t("newContact")}
        </Button>
      }
    />
  );
}

/** The meetings with an organisation, newest first. */
export function MeetingsOf({ id }: { readonly id: OrganisationId }): ReactNode {
  const { t } = useTranslation("organisations");
  const formats = useFormats();
  const list = useList({ type: "meeting", linkedTo: id });
  return (
    <LinkedRecords
      title={t("meetings")}
      rows={firstRows(list)}
      more={<More count={list.total - SHOWN} />}
      {...(list.loading ? {} : { none: t("noMeetings") })}
      untitled={t("untitledMeeting")}
      detailOf={(row) => (row.type === "meeting" && row.startsAt !== undefined ? formats.dateTime(row.startsAt) : "")}
    />
  );
}

function More({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation("organisations");
  return count > 0 && <p className={styles.more}>{t("more", { count })}</p>;
}

function firstRows<T extends "contact" | "meeting">(list: ListView<T>): NonNullable<ReturnType<typeof list.rowAt>>[] {
  return Array.from({ length: Math.min(list.total, SHOWN) }, (_, index) => list.rowAt(index)).filter(
    (row) => row !== undefined,
  );
}
