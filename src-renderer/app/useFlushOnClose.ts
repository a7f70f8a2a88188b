import { useEffect } from "react";
import type { MainClient } from "../platform/bridge";
import type { NotebookSession } from "../platform/notebook";

/**
 * Before the window closes, everything typed goes to the ledger; only then main is told. Main has a time limit of its
 * own, so a worker that does not answer cannot keep the window open for ever.
 */
export function useFlushOnClose(main: MainClient, session: NotebookSession): void {
  useEffect(
    () =>
      main.on("app:flush", () => {
        void (async () => {
          await session.drafts.flushDrafts();
          await session.edits.flush();
          await session.client.request("flush", {}).catch(() => null);
          await main.invoke("app:flushed", {});
        })();
      }),
    [main, session],
  );
}
