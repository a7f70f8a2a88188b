import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactId } from "../../domain/ids";
import { useFormats } from "../../i18n/formats";
import { useOpenRecord } from "../../platform/navigation";
import { useList } from "../../platform/useList";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import styles from "./contacts.module.css";

/** Meetings shown at first; the last ones, which are what one looks for before a visit. */
const AT_FIRST = 8;

/** Meetings that this person attended, newest first. */
export function MeetingsWith({ id }: { readonly id: ContactId }): ReactNode {
  const { t } = useTranslation("contacts");
  const formats = useFormats();
  const open = useOpenRecord();
  const list = useList({ type: "meeting", linkedTo: id });
  const [all, setAll] = useState(false);
  const shown = Math.min(list.total, all ? 100 : AT_FIRST);
  return (
    <FieldGroup title={t("meetings.title")}>
      <Wide>
        {list.total === 0 && !list.loading && <p className={styles.hint}>{t("meetings.none")}</p>}
        <ul className={styles.meetings}>
          {Array.from({ length: shown }, (_, index) => list.rowAt(index)).map(
            (row) =>
              row && (
                <li key={row.id}>
                  <button
                    type="button"
                    className={styles.meeting}
                    onClick={() => {
                      open(row.id);
                    }}
                  >
                    <span className={styles.meetingDay}>
                      {row.startsAt ? formats.date(row.startsAt) : t("meetings.noDate")}
                    </span>
                    <bdi className={styles.meetingTitle}>
                      {row.title.trim() === "" ? t("meetings.untitled") : row.title}
                    </bdi>
                  </button>
                </li>
              ),
          )}
        </ul>
        {list.total > shown && !all && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              setAll(true);
            }}
          >
            {t("meetings.showAll", { count: list.total })}
          </Button>
        )}
      </Wide>
    </FieldGroup>
  );
}
