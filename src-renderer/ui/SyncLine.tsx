import { Button } from "@mantine/core";
import { IconCloud, IconCloudExclamation, IconCloudOff } from "@tabler/icons-react";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { useFormats } from "../i18n/formats";
import { useNotebook } from "../platform/notebook";
import { useAnswer } from "../platform/useAnswer";
import type { RecordSync } from "../ports/recordSync";
import styles from "./ui.module.css";

const events = ["changed", "syncStatus", "quarantine"] as const;

/** Whether a record is only here or on the server; since when, on demand: that is looked up in the whole history. */
export function SyncLine({ id }: { readonly id: RecordId }): ReactNode {
  const sync = useAnswer(
    useCallback((notebook, signal) => notebook.request("recordSync", { id }, { signal }), [id]),
    events,
  );
  if (sync === null || sync.kind === "shipped") return null;
  return <Line key={`${id} ${sync.kind}`} id={id} sync={sync} />;
}

function Line({ id, sync }: { readonly id: RecordId; readonly sync: RecordSync }): ReactNode {
  const { kind, reason } = sync;
  const { t } = useTranslation("common");
  const notebook = useNotebook();
  const formats = useFormats();
  /** Undefined until asked for. */
  const [since, setSince] = useState<number | null | undefined>(undefined);
  const isThere = kind === "on-server" || kind === "changed";
  const Icon = isThere ? IconCloud : kind === "set-aside" ? IconCloudExclamation : IconCloudOff;
  const at = typeof since === "number" ? formats.dateTime(since) : null;

  function ask(): void {
    notebook.request("recordSync", { id, since: true }).then(
      (answer) => {
        setSince(answer?.since ?? null);
      },
      () => {
        // The worker is gone, which the window says elsewhere.
      },
    );
  }

  return (
    <p className={styles.syncLine}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span>{text()}</span>
      {isThere && since === undefined && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={ask}>
          {t("sync.sinceWhen")}
        </Button>
      )}
    </p>
  );

  function text(): string {
    switch (kind) {
      case "shipped":
      case "only-here":
        return t("onlyHere");
      case "private":
        return t("sync.private");
      case "gone":
        return t("sync.gone");
      case "set-aside":
        return {
          "too-large": t("sync.tooLarge"),
          refused: t("sync.refused"),
          unreadable: t("sync.unreadable"),
          "bad-id": t("sync.refused"),
        }[reason ?? "refused"];
      case "changed":
        return at === null ? t("sync.changed") : t("sync.changedSince", { at });
      case "on-server":
        return at === null
          ? since === null
            ? t("sync.onServerLong")
            : t("sync.onServer")
          : t("sync.onServerSince", { at });
    }
  }
}
