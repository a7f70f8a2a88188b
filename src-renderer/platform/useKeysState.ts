import { useEffect, useState } from "react";
import type { KeysState } from "../../src-main/shared/keys";
import { useMain } from "./bridge";

/** What opens the notebook, and whether it is open; null until main has said it once. */
export function useKeysState(): KeysState | null {
  const main = useMain();
  const [state, setState] = useState<KeysState | null>(null);
  useEffect(() => {
    let isLeft = false;
    let isTold = false;
    const stop = main.on("keys:state", (event) => {
      isTold = true;
      setState(event.state);
    });
    void main.invoke("keys:state", {}).then(
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
