import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import { useOpenReview, useReview } from "../../platform/recordReview";
import { Leads, Part } from "./Part";
import { RecordLine } from "./RecordLine";
import styles from "./today.module.css";

/** Records named; the review has them all. */
const SHOWN = 3;

/** Values that two computers changed apart and nobody has decided on; nothing where there are none. */
export function DoubleEdits(): ReactNode {
  const { t } = useTranslation("review");
  const formats = useFormats();
  const open = useOpenReview();
  const page = useReview(undefined, SHOWN);
  if (page === null || page.total === 0 || open === null) return null;
  return (
    <Part title={t("today.title")} count={formats.number(page.total)}>
      <p className={styles.none}>{t("today.text")}</p>
      <ul className={styles.lines}>
        {page.records.map(({ row, values }) => (
          <RecordLine key={row.id} row={row} second={t("values", { count: values.length })} onOpen={open} />
        ))}
      </ul>
      <Leads
        onGo={() => {
          open();
        }}
      >
        {t("today.all")}
      </Leads>
    </Part>
  );
}
