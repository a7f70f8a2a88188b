import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { relativeDay } from "../../i18n/relativeTime";
import { useLanguage } from "../../i18n/texts";
import { groupByDay } from "./meetingDays";
import { MeetingLine } from "./MeetingLine";
import { Part } from "./Part";
import styles from "./today.module.css";

export interface MeetingsProps {
  readonly title: string;
  readonly meetings: readonly MeetingRow[];
  readonly now: number;
  /** Said while there are none. */
  readonly none: string;
  /** The way to those not shown. */
  readonly more?: ReactNode;
}

/** Meetings day by day as China counts them. */
export function Meetings({ title, meetings, now, none, more }: MeetingsProps): ReactNode {
  const { t } = useTranslation("today");
  const [language] = useLanguage();
  const formats = useFormats();
  return (
    <Part title={title}>
      {meetings.length === 0 && <p className={styles.none}>{none}</p>}
      {groupByDay(meetings).map((day) => (
        <section key={day.key} className={styles.day}>
          <h3 className={styles.dayTitle}>
            {day.at === null ? (
              t("noDate")
            ) : (
              <>
                <span className={styles.dayName}>{relativeDay(day.at, now, language)}</span>{" "}
                <span className={styles.dayDate}>{formats.longDate(day.at)}</span>
              </>
            )}
          </h3>
          <ul className={styles.lines}>
            {day.meetings.map((row) => (
              <MeetingLine key={row.id} row={row} now={now} />
            ))}
          </ul>
        </section>
      ))}
      {more}
    </Part>
  );
}
