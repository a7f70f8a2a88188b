import { Button, Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../src-main/shared/backup";
import { RestoreSteps } from "./RestoreSteps";
import { useRestoring, type Into } from "./useRestoring";

/** Opens a backup, shows what it would do, and brings it into the notebook. */
export function RestoreBackup(props: { readonly into: Into; readonly progress: BackupState["progress"] }): ReactNode {
  const { into, progress } = props;
  const { t } = useTranslation(["backup", "common"]);
  const restoring = useRestoring(into);
  const { state, begin, leave } = restoring;
  // While the person looks for the file there is the system's own dialog.
  const isOpen = state.kind !== "closed" && (state.kind !== "opening" || progress !== null);
  // What was shown stays readable while the dialog fades away.
  const [last, setLast] = useState(state);
  if (isOpen && state !== last) setLast(state);
  return (
    <>
      <Button variant="default" disabled={state.kind === "opening" || progress !== null} onClick={begin}>
        {t("backup:restore.button")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={leave}
        title={t("backup:restore.title")}
        closeButtonProps={{ "aria-label": t("common:close") }}
        closeOnClickOutside={false}
        size="lg"
        centered
      >
        <RestoreSteps restoring={{ ...restoring, state: isOpen ? state : last }} progress={progress} />
      </Modal>
    </>
  );
}
