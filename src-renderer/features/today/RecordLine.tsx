import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { isShownType, useOpenRecord } from "../../platform/navigation";
import { KindIcon } from "../../ui/KindIcon";
import { PrivateMark } from "../../ui/PrivateMark";
import styles from "./today.module.css";

/** A record of any kind in one line, leading to it where it has a screen of its own. */
export function RecordLine(props: {
  readonly row: RosterRow;
  /** Words beside the name, e.g. that the note changed. */
  readonly marks?: readonly string[];
  /** Who and when. */
  readonly second?: string;
  /** What a click does instead of opening the record. */
  readonly onOpen?: (id: RecordId) => void;
}): ReactNode {
  const { row, marks = [], second, onOpen } = props;
  const { t } = useTranslation("common");
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  const names = rowNames(row, language);
  const content = (
    <>
      <span className={styles.kind} title={t(`kind.${row.type}`)}>
        <KindIcon type={row.type} />
        <span className={styles.unseen}>{t(`kind.${row.type}`)}</span>
      </span>
      <span className={styles.what}>
        <span className={styles.named}>
          <bdi className={styles.name} lang={names.firstLang}>
            {names.first.trim() === "" ? t("untitled") : names.first}
          </bdi>
          <PrivateMark row={row} />
          {marks.map((mark) => (
            <span key={mark} className={styles.mark}>
              {mark}
            </span>
          ))}
        </span>
        {second !== undefined && second !== "" && <bdi className={styles.second}>{second}</bdi>}
      </span>
    </>
  );
  if (!isShownType(row.type) && !onOpen) return <li className={styles.record}>{content}</li>;
  return (
    <li>
      <UnstyledButton
        className={styles.record}
        data-opens=""
        onClick={() => {
          (onOpen ?? openRecord)(row.id);
        }}
      >
        {content}
      </UnstyledButton>
    </li>
  );
}
