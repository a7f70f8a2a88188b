import type { BackupState } from "../../../src-main/shared/backup";
import { useMain, type MainClient } from "../../platform/bridge";
import { useFollowed, type Told } from "../../platform/useFollowed";

const backups: Told<MainClient, BackupState> = {
  ask: (main) => main.invoke("backup:state", {}),
  follow: (main, tell) =>
    main.on("backup:state", ({ state }) => {
      tell(state);
    }),
};

/** What main says about backups, followed as it changes; null until it has said it once. */
export function useBackupState(): BackupState | null {
  return useFollowed(useMain(), backups);
}
