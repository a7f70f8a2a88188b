import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { recordTypes, typeOfId } from "../../domain/ids";
import { useFormats } from "../../i18n/formats";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import type { BackupPart, BackupRow } from "../../ports/backup";
import { KindIcon } from "../../ui/KindIcon";
import styles from "./backup.module.css";

/** How many of each type, and the first of them by name. */
export function PreviewRows({ part, label }: { readonly part: BackupPart; readonly label: string }): ReactNode {
  const { t } = useTranslation("backup");
  const formats = useFormats();
  const known = recordTypes.flatMap((type) => {
    const count = part.byType[type] ?? 0;
    return count > 0 ? [t(`counts.${type}`, { count })] : [];
  });
  const others = Object.entries(part.byType)
    .filter(([type]) => !recordTypes.some((each) => each === type))
    .reduce((sum, [, count]) => sum + count, 0);
  const counts = others > 0 ? [...known, t("counts.other", { count: others })] : known;
  const more = part.total - part.rows.length;
  return (
    <>
      <p className={styles.text}>{formats.list(counts)}</p>
      <ul className={styles.list} aria-label={label} tabIndex={0}>
        {part.rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
        {more > 0 && <li className={styles.item}>{t("preview.more", { count: more })}</li>}
      </ul>
    </>
  );
}

function Row({ row: { id, row, note, away } }: { readonly row: BackupRow }): ReactNode {
  const { t } = useTranslation(["backup", "common"]);
  const [language] = useLanguage();
  const names = row && rowNames(row, language);
  const name = names && (names.first.trim() === "" ? t("common:untitled") : names.first);
  const marks = [
    ...(note ? [t("backup:preview.note")] : []),
    ...(away ? [away === "bin" ? t("backup:preview.inBin") : t("backup:preview.erased")] : []),
  ];
  return (
    <li className={styles.item}>
      {row && (
        <span className={styles.kind} title={t(`common:kind.${row.type}`)}>
          <KindIcon type={row.type} size={15} />
        </span>
      )}
      {names ? (
        <bdi className={styles.name} lang={names.firstLang}>
          {name}
        </bdi>
      ) : (
        <span className={styles.name}>{t("backup:preview.unknown", { type: typeOfId(id) })}</span>
      )}
      {marks.length > 0 && <span className={styles.mark}>{marks.join(" · ")}</span>}
    </li>
  );
}
