import { useEffect, useState } from "react";
import type { Client } from "../../src-main/shared/rpc";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncStatus } from "../domain/syncStatus";
import type { NotebookContract } from "../ports/notebook";
import { useNotebook } from "./notebook";
import { useFollowed, type Told } from "./useFollowed";

const sync: Told<Client<NotebookContract>, SyncStatus> = {
  ask: (notebook) => notebook.request("syncStatus", {}),
  follow: (notebook, tell) =>
    notebook.on("syncStatus", ({ status }) => {
      tell(status);
    }),
};

/** What the sync does now; null until the worker has said it once. */
export function useSyncStatus(): SyncStatus | null {
  return useFollowed(useNotebook(), sync);
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
