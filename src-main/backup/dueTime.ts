import type { BackupInterval } from "../shared/backup";

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const lengths: Readonly<Record<BackupInterval, number>> = { day, week: 7 * day, month: 30 * day };

/** So much earlier counts as in time: who opens the app at nine each day must not wait for half past. */
const tolerance = 4 * hour;

/**
 * Whether the next backup is due. A last one in the future was made before the clock was set back: one too many does no
 * harm, one too few may.
 */
export function isDue(every: BackupInterval, last: Date | null, now: Date): boolean {
  if (!last) return true;
  const since = now.getTime() - last.getTime();
  return !(since >= -tolerance && since < lengths[every] - tolerance);
}
