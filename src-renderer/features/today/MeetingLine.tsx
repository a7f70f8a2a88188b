import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chinaDay } from "../../domain/chinaDay";
import { endOfMeeting, isDayOnly } from "../../domain/meetingTime";
import type { MeetingRow } from "../../domain/rosterRow";
import { brusselsTime } from "../../i18n/brusselsTime";
import { useFormats } from "../../i18n/formats";
import { shortOrganisationName } from "../../i18n/organisationName";
import { relativeTime } from "../../i18n/relativeTime";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useRows } from "../../platform/useRows";
import { PrivateMark } from "../../ui/PrivateMark";
import { startOf } from "./meetingDays";
import styles from "./today.module.css";

/** Organisations named; a large meeting shows the first and how many more. */
const NAMED = 3;
/** Until when the way to a start is counted, ms: beyond it the day says enough. */
const SOON = 24 * 60 * 60 * 1000;

/** One meeting, leading to it: when by both clocks, what about, with whom and where. */
export function MeetingLine({ row, now }: { readonly row: MeetingRow; readonly now: number }): ReactNode {
  const { t } = useTranslation(["today", "common"]);
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  const withWhom = useWithWhom(row);
  const start = startOf(row);
  return (
    <li>
      <UnstyledButton
        className={styles.meeting}
        onClick={() => {
          openRecord(row.id);
        }}
      >
        <span className={styles.when}>
          {row.startsAt !== undefined && start !== null && isDayOnly(row.startsAt, row.endsAt) && (
            <span className={styles.wholeDay}>{t("today:wholeDay")}</span>
          )}
          {row.startsAt !== undefined && start !== null && !isDayOnly(row.startsAt, row.endsAt) && (
            <>
              <Hours startsAt={row.startsAt} endsAt={row.endsAt} />
              <span className={styles.brussels}>
                {t("today:inBrussels", { time: brusselsTime(row.startsAt, language) })}
              </span>
            </>
          )}
        </span>
        <span className={styles.what}>
          <span className={styles.named}>
            <bdi className={styles.meetingTitle}>{row.title.trim() === "" ? t("common:untitled") : row.title}</bdi>
            <PrivateMark row={row} />
          </span>
          {withWhom !== "" && <bdi className={styles.second}>{withWhom}</bdi>}
        </span>
        {start !== null && !isDayOnly(row.startsAt, row.endsAt) && <Distance row={row} start={start} now={now} />}
      </UnstyledButton>
    </li>
  );
}

/** `09:00–10:30` in China; a meeting that ends on another day shows its start alone. */
function Hours({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string | undefined }): ReactNode {
  const formats = useFormats();
  const start = Date.parse(startsAt);
  const end = endsAt === undefined ? Number.NaN : Date.parse(endsAt);
  const endsThatDay = end > start && chinaDay(end) === chinaDay(start);
  return (
    <span className={styles.hours}>
      {formats.time(start)}
      {endsThatDay && <span className={styles.until}>–{formats.time(end)}</span>}
    </span>
  );
}

/** How far away a meeting is, where that matters: under way, or within a day from now. */
function Distance(props: { readonly row: MeetingRow; readonly start: number; readonly now: number }): ReactNode {
  const { row, start, now } = props;
  const { t } = useTranslation("today");
  const [language] = useLanguage();
  if (start > now + SOON) return null;
  if (start > now) return <span className={styles.soon}>{relativeTime(start, now, language)}</span>;
  const end = endOfMeeting(row.startsAt, row.endsAt) ?? start;
  if (end > now) return <span className={styles.underWay}>{t("underWay")}</span>;
  return now - end < SOON ? <span className={styles.past}>{relativeTime(end, now, language)}</span> : null;
}

/** Organisations and place in one line: `MOHURD, CABR +2 · 北京`. */
function useWithWhom(row: MeetingRow): string {
  const [language] = useLanguage();
  const formats = useFormats();
  const rows = useRows(row.organisationIds.slice(0, NAMED));
  const names = [...rows.values()].flatMap((each) =>
    each?.type === "organisation" ? [shortOrganisationName(each, language)] : [],
  );
  const more = row.organisationIds.length - NAMED;
  const organisations = names.join(language === "en" ? ", " : "、") + (more > 0 ? ` +${formats.number(more)}` : "");
  return [organisations, row.place ?? ""].filter((part) => part.trim() !== "").join(" · ");
}
