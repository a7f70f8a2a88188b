import { useCallback, useEffect, useRef, useState } from "react";
import type { SaveFailure } from "../domain/saveFailure";
import type { MainClient } from "../platform/bridge";
import type { NotebookSession } from "../platform/notebook";

export interface Closing {
  /** The window was about to close, and something typed could not be saved: a person decides. */
  readonly isHeld: boolean;
  /** Why it could not be saved, where that is known. */
  readonly failure: SaveFailure | null;
  readonly stay: () => void;
  /** Closes and gives up what is not saved. */
  readonly closeAnyway: () => void;
}

/**
 * Before the window closes, everything typed goes to the ledger; only then main is told. What cannot be saved keeps the
 * window open. Main has a time limit of its own, so a worker that does not answer cannot hold it for ever.
 */
export function useFlushOnClose(main: MainClient, session: NotebookSession): Closing {
  const [isHeld, setIsHeld] = useState(false);
  const [failure, setFailure] = useState<SaveFailure | null>(null);
  const isUnderWay = useRef(false);
  useEffect(
    () =>
      main.on("app:flush", ({ reason }) => {
        // Main asks until it is answered.
        if (isUnderWay.current) return;
        isUnderWay.current = true;
        void (async () => {
          await session.drafts.flushDrafts();
          await session.edits.flush();
          await session.client.request("flush", {}).catch(() => null);
          const close = !session.drafts.unsaved && !session.saves.busy;
          setFailure(session.saves.failure);
          // Whoever locks hears of it where that was asked for.
          if (reason === "close") setIsHeld(!close);
          await main.invoke("app:flushed", { close });
        })().finally(() => {
          isUnderWay.current = false;
        });
      }),
    [main, session],
  );
  return {
    isHeld,
    failure,
    stay: useCallback(() => {
      setIsHeld(false);
    }, []),
    closeAnyway: useCallback(() => void main.invoke("app:flushed", { close: true }), [main]),
  };
}
