import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RosterRow } from "../../domain/rosterRow";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { isShownType, useOpenRecord } from "../../platform/navigation";
import { KindIcon } from "../../ui/KindIcon";
import styles from "./syncDetails.module.css";

/** The name of a record that the sync speaks of, leading to it; its id where there is nothing to show. */
export function RecordName(props: {
  readonly row: RosterRow | null;
  readonly id: string;
  /** The note about the record is meant. */
  readonly note?: boolean;
}): ReactNode {
  const { row, id, note = false } = props;
  const { t } = useTranslation(["syncDetails", "common"]);
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  if (row === null) return <code className={styles.id}>{id}</code>;
  const names = rowNames(row, language);
  const name = names.first.trim() === "" ? t("common:untitled") : names.first;
  return (
    <span className={styles.recordName}>
      <span className={styles.kind} title={t(`common:kind.${row.type}`)}>
        <KindIcon type={row.type} size={15} />
      </span>
      {isShownType(row.type) ? (
        <Anchor
          component="button"
          type="button"
          className={styles.link}
          onClick={() => {
            openRecord(row.id);
          }}
        >
          <bdi lang={names.firstLang}>{name}</bdi>
        </Anchor>
      ) : (
        <bdi lang={names.firstLang}>{name}</bdi>
      )}
      {note && <span className={styles.mark}>{t("syncDetails:note")}</span>}
    </span>
  );
}
