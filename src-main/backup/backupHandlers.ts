import type { RequestHandlers } from "../ipc/handle";
import type { Backups } from "./backups";

type BackupRequest = Extract<keyof RequestHandlers, `backup:${string}`>;

/** Answers every request of the page about backups. */
export function backupHandlers(backups: Backups): Pick<RequestHandlers, BackupRequest> {
  return {
    "backup:state": () => backups.state(),
    "backup:choose-folder": () => backups.chooseFolder(),
    "backup:schedule": ({ every }) => backups.setInterval(every),
    "backup:make": ({ where }) => backups.make(where),
    "backup:cancel": () => {
      backups.cancel();
      return null;
    },
    "backup:verify": () => backups.verify(),
    "backup:open": ({ secret }) => backups.open(secret),
    "backup:close": async () => {
      await backups.close();
      return null;
    },
    "backup:restore": () => backups.restore(),
  };
}
