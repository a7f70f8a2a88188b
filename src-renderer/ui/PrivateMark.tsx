import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RosterRow } from "../domain/rosterRow";
import styles from "./ui.module.css";

/** Says quietly, beside a record's name, that it never leaves this computer. */
export function PrivateMark({ row }: { readonly row: Pick<RosterRow, "private"> }): ReactNode {
  const { t } = useTranslation("common");
  if (row.private !== true) return null;
  return <IconLock className={styles.privateMark} size={13} stroke={1.8} role="img" aria-label={t("private.mark")} />;
}
