import { useEffect, useState } from "react";
import type { BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";

/** What main says about backups, followed as it changes; null until it has said it once. */
export function useBackupState(): BackupState | null {
  const main = useMain();
  const [state, setState] = useState<BackupState | null>(null);
  useEffect(() => {
    let isLeft = false;
    let isTold = false;
    const stop = main.on("backup:state", (event) => {
      isTold = true;
      setState(event.state);
    });
    void main.invoke("backup:state", {}).then(
      (answer) => {
        // An event is newer than the answer that was on its way.
        if (!isTold && !isLeft) setState(answer);
      },
      () => undefined,
    );
    return () => {
      isLeft = true;
      stop();
    };
  }, [main]);
  return state;
}
