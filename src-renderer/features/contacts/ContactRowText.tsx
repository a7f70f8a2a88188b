import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactRow } from "../../domain/rosterRow";
import { shortOrganisationName } from "../../i18n/organisationName";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRow } from "../../platform/useRows";
import { PrivateMark } from "../../ui/PrivateMark";
import { ReviewMark } from "../../ui/ReviewMark";
import { WaitingMark } from "../../ui/WaitingMark";
import styles from "./contacts.module.css";

/** A contact in the list: the name in both scripts, where they work and as what, and quietly whether it waits. */
export function ContactRowText(props: {
  readonly row: ContactRow;
  /** Off while there is no server: then every record is only here. */
  readonly marksWaiting: boolean;
}): ReactNode {
  const { row, marksWaiting } = props;
  const { t } = useTranslation("contacts");
  const [language] = useLanguage();
  const organisation = useRow(row.organisationId);
  const names = rowNames(row, language);
  const place = organisation?.type === "organisation" ? shortOrganisationName(organisation, language) : "";
  const post = [place, row.jobTitle].filter(Boolean).join(" · ");
  return (
    <>
      <span className={styles.rowNames}>
        {names.first === "" ? (
          <span className={styles.noName}>{t("noName")}</span>
        ) : (
          <bdi className={styles.rowName} lang={names.firstLang}>
            {names.first}
          </bdi>
        )}
        {names.second !== "" && (
          <bdi className={styles.rowSecond} lang={names.secondLang}>
            {names.second}
          </bdi>
        )}
        <ReviewMark row={row} />
        <PrivateMark row={row} />
        {row.waiting && marksWaiting && <WaitingMark />}
      </span>
      {post !== "" && (
        <span className={styles.rowPost} title={post}>
          {post}
        </span>
      )}
    </>
  );
}
