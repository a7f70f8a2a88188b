import { IconCloudOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ui.module.css";

/** Says quietly, at the end of a row, that a record is only on this computer so far. */
export function WaitingMark(): ReactNode {
  const { t } = useTranslation("common");
  return <IconCloudOff className={styles.waiting} size={13} stroke={1.6} aria-label={t("onlyHere")} />;
}
