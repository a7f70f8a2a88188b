import type { ReactNode } from "react";
import type { RecordId } from "../domain/ids";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useRow } from "../platform/useRows";

/** The name of a record as text. A record that is not here shows its id, so that nothing is hidden. */
export function RecordName({ id }: { readonly id: RecordId }): ReactNode {
  const [language] = useLanguage();
  const row = useRow(id);
  if (row === undefined) return null;
  if (row === null) return <>{id}</>;
  const names = rowNames(row, language);
  return <bdi lang={names.firstLang}>{names.first}</bdi>;
}
