import type { KeysState } from "../../src-main/shared/keys";
import { useMain, type MainClient } from "./bridge";
import { useFollowed, type Told } from "./useFollowed";

const keys: Told<MainClient, KeysState> = {
  ask: (main) => main.invoke("keys:state", {}),
  follow: (main, tell) =>
    main.on("keys:state", ({ state }) => {
      tell(state);
    }),
};

/** What opens the notebook, and whether it is open; null until main has said it once. */
export function useKeysState(): KeysState | null {
  return useFollowed(useMain(), keys);
}
