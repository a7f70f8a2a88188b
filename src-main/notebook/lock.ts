import type { KeyHolder } from "../keys/keyHolder";
import type { Log } from "../log/log";
import type { KeysFailure } from "../shared/keys";
import { failure, success, type Result } from "../shared/result";
import type { Windows } from "../window/windows";

export interface LockParts {
  readonly holder: KeyHolder;
  readonly windows: Windows;
  /** Ends the worker and closes the ledger. */
  readonly close: () => Promise<void>;
  readonly log: Log;
}

/**
 * Brings what is typed to the ledger, ends the worker, drops the keys, and shows a window whose process has never seen
 * the notebook. What cannot be saved keeps the notebook open: it would be lost with the window.
 */
export async function lockNotebook(parts: LockParts, reason: string): Promise<Result<null, KeysFailure>> {
  const { holder, windows, close, log } = parts;
  if (!isLockable(holder)) return failure({ kind: "not-now" });
  // A page that does not answer shows the notebook all the same, so it cannot hold the lock.
  if ((await windows.main.flush()) === "not-saved") {
    log.info("stays open: something is not saved", { reason });
    return failure({ kind: "not-saved" });
  }
  await close();
  const locked = await holder.lock();
  windows.replace();
  log.info("locked", { reason });
  return locked.ok ? success(null) : locked;
}

/** Without a passphrase whoever sits here could open it again. */
function isLockable(holder: KeyHolder): boolean {
  const state = holder.state();
  return state.kind === "open" && state.protection === "passphrase";
}

/** Runs a watch, begun by `watch`, whose answer ends it, only while there is something to lock. */
export function watchWhileLockable(holder: KeyHolder, watch: () => () => void): { readonly stop: () => void } {
  let end: (() => void) | null = null;
  const follow = (): void => {
    const wanted = isLockable(holder);
    if (wanted === (end !== null)) return;
    if (wanted) end = watch();
    else {
      end?.();
      end = null;
    }
  };
  const stopFollowing = holder.onState(follow);
  follow();
  return {
    stop: () => {
      stopFollowing();
      end?.();
      end = null;
    },
  };
}
