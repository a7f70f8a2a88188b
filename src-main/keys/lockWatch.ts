import { DEFAULT_LOCK_MINUTES, type Settings } from "../shared/settings";

type PowerEvent = "suspend" | "resume" | "lock-screen";

/** Electron's powerMonitor, as far as it is asked here. */
interface Power {
  on(event: PowerEvent, listener: () => void): unknown;
  removeListener(event: PowerEvent, listener: () => void): unknown;
  /** Seconds without a key or mouse in the whole system. */
  getSystemIdleTime(): number;
  getSystemIdleState(idleThreshold: number): "active" | "idle" | "locked" | "unknown";
}

export type LockReason = "suspend" | "screen locked" | "idle";

export interface LockWatch {
  readonly power: Power;
  /** As set just now. */
  readonly settings: () => Pick<Settings, "lockAfterMinutes">;
  /** Asked again and again while it does not lock (no passphrase, or something is not saved). */
  readonly lock: (reason: LockReason) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How late the lock may come, in milliseconds. */
const LOOK_EVERY = 5_000;
const MINUTE = 60_000;

/**
 * Locks on suspend, when the screen is locked, and after the set time without a key or mouse; answers how to stop.
 * Linux tells of a locked screen only when asked, so it is looked for. Time that went by unseen, as in a sleep of which
 * the system told nothing, counts as idle, whatever key then woke it: a clock that was put forward locks as well, which
 * costs a passphrase.
 */
export function watchForLock({ power, settings, lock, now }: LockWatch): () => void {
  let looked = now();
  const look = (): void => {
    const unseen = Math.max(0, now() - looked);
    looked = now();
    const { lockAfterMinutes: minutes = DEFAULT_LOCK_MINUTES } = settings();
    const idle = Math.max(unseen, power.getSystemIdleTime() * 1_000);
    if (power.getSystemIdleState(1) === "locked") lock("screen locked");
    else if (minutes !== null && idle >= minutes * MINUTE) lock("idle");
  };
  const onSuspend = (): void => lock("suspend");
  const onLockScreen = (): void => lock("screen locked");
  power.on("suspend", onSuspend);
  power.on("lock-screen", onLockScreen);
  power.on("resume", look);
  const timer = setInterval(look, LOOK_EVERY);
  return () => {
    clearInterval(timer);
    power.removeListener("suspend", onSuspend);
    power.removeListener("lock-screen", onLockScreen);
    power.removeListener("resume", look);
  };
}
