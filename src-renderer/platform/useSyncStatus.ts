import { useEffect, useState } from "react";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncStatus } from "../domain/syncStatus";
import { useNotebook } from "./notebook";

/** What the sync does now; null until the worker has said it once. */
export function useSyncStatus(): SyncStatus | null {
  const client = useNotebook();
  const [status, setStatus] = useState<SyncStatus | null>(null);
  useEffect(() => {
    let told = false;
    const stop = client.on("syncStatus", (event) => {
      told = true;
      setStatus(event.status);
    });
    void client.request("syncStatus", {}).then(
      (answer) => {
        // An event is newer than the answer that was on its way.
        if (!told) setStatus(answer);
      },
      () => undefined,
    );
    return stop;
  }, [client]);
  return status;
}

/** Why store or ledger fail at present; null while they work. */
export function useTrouble(): SaveFailure | null {
  const client = useNotebook();
  const [trouble, setTrouble] = useState<SaveFailure | null>(null);
  useEffect(
    () =>
      client.on("trouble", ({ failure }) => {
        setTrouble(failure);
      }),
    [client],
  );
  return trouble;
}
