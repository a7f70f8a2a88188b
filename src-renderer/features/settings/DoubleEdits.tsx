import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOpenReview, useReview } from "../../platform/recordReview";
import styles from "./syncDetails.module.css";

/** How many records two computers changed apart, and the way to decide. */
export function DoubleEdits(): ReactNode {
  const { t } = useTranslation("review");
  const open = useOpenReview();
  const page = useReview(undefined, 1);
  if (page === null) return null;
  const { total } = page;
  return (
    <section className={styles.part} aria-label={t("sync.title")}>
      <div className={styles.partHeader}>
        <h4 className={styles.partTitle}>{t("sync.title")}</h4>
        {total > 0 && open !== null && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              open();
            }}
          >
            {t("open")}
          </Button>
        )}
      </div>
      <p className={styles.text}>{total === 0 ? t("sync.none") : t("sync.some", { count: total })}</p>
    </section>
  );
}
