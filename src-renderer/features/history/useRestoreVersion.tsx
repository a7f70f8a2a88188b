import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../src-main/shared/result";
import type { RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useFormats } from "../../i18n/formats";
import { useNotebookSession } from "../../platform/notebook";
import type { SideName, VersionRow } from "../../ports/versions";
import styles from "./history.module.css";

/** How long the way back is offered, in ms; Undo offers it much longer. */
const OFFERED_FOR = 12_000;
const MESSAGE = "version restored";

/**
 * Restores a version and says so, with the way back beside it for as long as nothing else was done: it is the notebook's
 * Undo, given as `takeBack`.
 */
export function useRestoreVersion(
  id: RecordId,
  takeBack: () => void,
): (version: VersionRow, side?: SideName) => Promise<Result<null, SaveFailure>> {
  const { t } = useTranslation(["history", "common"]);
  const formats = useFormats();
  const { client, drafts, edits } = useNotebookSession();
  function textOf(at: string | null, side: SideName | undefined): string {
    if (side !== undefined) return t(`history:restoredSide.${side}`);
    return at === null ? t("history:restoredShipped") : t("history:restored", { time: formats.dateTime(at) });
  }
  return async ({ key, at }, side) => {
    await drafts.flushDrafts();
    await edits.flush();
    const restored = await client.request("restoreVersion", { id, key, side });
    if (!restored.ok) return restored;
    // Fields show what the record says now, not what was typed into them a moment ago.
    drafts.settle();
    const offered = await client.request("history", {});
    const stop = client.on("history", ({ state }) => {
      if (JSON.stringify(state) === JSON.stringify(offered)) return;
      stop();
      notifications.hide(MESSAGE);
    });
    notifications.hide(MESSAGE);
    notifications.show({
      id: MESSAGE,
      role: "status",
      autoClose: OFFERED_FOR,
      closeButtonProps: { "aria-label": t("common:close") },
      onClose: stop,
      message: (
        <span className={styles.said}>
          <span className={styles.saidText}>{textOf(at, side)}</span>
          <Button size="compact-sm" variant="light" onClick={takeBack}>
            {t("history:takeBack")}
          </Button>
        </span>
      ),
    });
    return restored;
  };
}
