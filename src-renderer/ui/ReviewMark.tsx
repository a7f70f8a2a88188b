import { IconArrowsSplit2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RosterRow } from "../domain/rosterRow";
import styles from "./ui.module.css";

/** Says quietly, in a row, that two computers changed the same values of a record; nothing where they did not. */
export function ReviewMark({ row }: { readonly row: Pick<RosterRow, "review"> }): ReactNode {
  const { t } = useTranslation("review");
  if ((row.review ?? 0) === 0) return null;
  return <IconArrowsSplit2 className={styles.reviewMark} size={14} stroke={1.7} aria-label={t("mark")} />;
}
