import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import styles from "./BulkPane.module.css";
import type { WorkState } from "./useLongWork";

export interface BulkPaneProps {
  /** How many are selected. */
  readonly count: number;
  readonly onClear: () => void;
  /** From `useLongWork`. */
  readonly work: WorkState;
  /** Said while the work takes long, e.g. `Moving 300 records to the bin…`. */
  readonly working: string;
  /** What can be done with all of them. */
  readonly children: ReactNode;
}

/** What stands in place of a record while several are selected. */
export function BulkPane({ count, onClear, work, working, children }: BulkPaneProps): ReactNode {
  const { t } = useTranslation("lists");
  const failureText = useSaveFailureText();
  return (
    <div className={styles.pane}>
      <h2 className={styles.count} aria-live="polite">
        {t("selected", { count })}
      </h2>
      <fieldset className={styles.actions} disabled={work.kind === "working"} aria-label={t("selected", { count })}>
        {children}
      </fieldset>
      <p className={styles.work} role="status">
        {work.kind === "working" && work.slow && (
          <>
            <Loader size="xs" aria-hidden />
            {working}
          </>
        )}
      </p>
      {work.kind === "failed" && (
        <p className={styles.failure} role="alert">
          {t("notDone", { reason: failureText(work.failure) })}
        </p>
      )}
      <Button className={styles.clear} size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t("clearSelection")}
      </Button>
    </div>
  );
}
