import type { ReactNode } from "react";
import type { AreaId } from "../domain/ids";
import { useFormats } from "../i18n/formats";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useRows } from "../platform/useRows";

/** Names of areas in the reader's language, as one line of text; one that is not here is left out. */
export function AreaNames({ ids }: { readonly ids: readonly AreaId[] }): ReactNode {
  const [language] = useLanguage();
  const formats = useFormats();
  const rows = useRows(ids);
  const names = ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [rowNames(row, language).first] : [];
  });
  return <>{formats.list(names.filter((name) => name !== ""))}</>;
}
