import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { shortOrganisationName } from "../../i18n/organisationName";
import { useLanguage } from "../../i18n/texts";
import { useRows } from "../../platform/useRows";
import { PrivateMark } from "../../ui/PrivateMark";
import { ReviewMark } from "../../ui/ReviewMark";
import { WaitingMark } from "../../ui/WaitingMark";
import styles from "./meetings.module.css";

/** Organisations named in a row; a large meeting shows the first and how many more. */
const NAMED = 3;

/** A meeting in the list: when by the clock in China, what about, with whom and where. */
export function MeetingRowText(props: {
  readonly row: MeetingRow;
  /** Off while there is no server: then every record is only here. */
  readonly marksWaiting: boolean;
}): ReactNode {
  const { row, marksWaiting } = props;
  const { t } = useTranslation("meetings");
  const [language] = useLanguage();
  const formats = useFormats();
  const rows = useRows(row.organisationIds.slice(0, NAMED));
  const names = [...rows.values()].flatMap((each) =>
    each?.type === "organisation" ? [shortOrganisationName(each, language)] : [],
  );
  const more = row.organisationIds.length - NAMED;
  if (more > 0) names.push(`+${formats.number(more)}`);
  const withWhom = [names.join(language === "en" ? ", " : "、"), row.place ?? ""].filter((part) => part.trim() !== "");
  return (
    <>
      <span className={styles.rowHead}>
        {row.title.trim() === "" ? (
          <span className={styles.untitled}>{t("untitled")}</span>
        ) : (
          <bdi className={styles.rowTitle} title={row.title}>
            {row.title}
          </bdi>
        )}
        <ReviewMark row={row} />
        <PrivateMark row={row} />
        {row.waiting && marksWaiting && <WaitingMark />}
      </span>
      <span className={styles.rowMore}>
        <span className={styles.rowWhen}>{row.startsAt ? formats.dateTime(row.startsAt) : t("noDate")}</span>
        {withWhom.length > 0 && <bdi> · {withWhom.join(" · ")}</bdi>}
      </span>
    </>
  );
}
