import { IconCalendarEvent } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RecordSection } from "../../ui/RecordSection";
import { MeetingDetail } from "./MeetingDetail";
import { MeetingRowText } from "./MeetingRowText";

/** Meetings, newest first, with their filter, and the chosen one with its note beside them. */
export function MeetingsSection(): ReactNode {
  const { t } = useTranslation("meetings");
  return (
    <RecordSection
      type="meeting"
      icon={IconCalendarEvent}
      texts={{
        title: t("title"),
        detail: t("detail"),
        create: t("newMeeting"),
        emptyTitle: t("empty.title"),
        empty: t("empty.text"),
        noMatchTitle: t("empty.noMatchTitle"),
        noMatch: (filter) => t("empty.noMatch", { filter }),
        noneChosen: t("empty.noneChosen"),
      }}
      Row={MeetingRowText}
      Detail={MeetingDetail}
    />
  );
}
