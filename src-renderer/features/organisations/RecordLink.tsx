import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import type { RecordId } from "../../domain/ids";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useRow } from "../../platform/useRows";
import styles from "./organisations.module.css";

/** The name of a record, leading to it. A record that is not here shows its id, so that nothing is hidden. */
export function RecordLink({ id }: { readonly id: RecordId }): ReactNode {
  const [language] = useLanguage();
  const openRecord = useOpenRecord();
  const row = useRow(id);
  if (row === undefined) return null;
  if (row === null) return <>{id}</>;
  const names = rowNames(row, language);
  return (
    <Anchor
      component="button"
      type="button"
      size="md"
      className={styles.link}
      onClick={() => {
        openRecord(id);
      }}
    >
      <span lang={names.firstLang}>{names.first}</span>
    </Anchor>
  );
}
