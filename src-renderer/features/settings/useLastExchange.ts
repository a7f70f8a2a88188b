import { useSyncExternalStore } from "react";
import { useNotebookSession } from "../../platform/notebook";
import { useSyncStatus } from "../../platform/useSyncStatus";

/** When the last whole exchange ended, ms since the epoch; null before the first one of this run. */
export function useLastExchange(): number | null {
  const { lastExchange } = useNotebookSession();
  const seen = useSyncExternalStore(lastExchange.subscribe, lastExchange.at);
  const status = useSyncStatus();
  return status?.kind === "synced" ? Math.max(status.at, seen ?? 0) : seen;
}
