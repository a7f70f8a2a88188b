import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconLoader } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SaveState } from "../domain/saveState";
import { useSaveFailureText } from "../i18n/failureTexts";
import styles from "./ui.module.css";

export interface SaveStatusProps {
  /** From `useSaveState(id)`, or of a note. */
  readonly state: SaveState;
  /** Offered while something is not saved. */
  readonly onRetry?: () => void;
}

/** Whether what was typed is on disk, in words, for one record or note. Not a live region: it changes at every word. */
export function SaveStatus({ state, onRetry }: SaveStatusProps): ReactNode {
  const { t } = useTranslation("common");
  const failureText = useSaveFailureText();
  switch (state.kind) {
    case "saving":
      return (
        <span className={styles.saveStatus} data-save-state="saving">
          <IconLoader size={14} stroke={1.7} aria-hidden />
          {t("save.saving")}
        </span>
      );
    case "saved":
      return (
        <span className={styles.saveStatus} data-save-state="saved">
          <IconCheck size={14} stroke={1.7} aria-hidden />
          {t("save.saved")}
        </span>
      );
    case "not-saved":
      return (
        <span className={styles.saveStatus} data-save-state="not-saved" role="alert">
          <IconAlertTriangle size={14} stroke={1.7} aria-hidden />
          {t("save.notSaved", { reason: failureText(state.failure) })}
          {onRetry && (
            <Button size="compact-xs" variant="subtle" color="red" onClick={onRetry}>
              {t("tryAgain")}
            </Button>
          )}
        </span>
      );
  }
}
