import type { TFunction } from "i18next";
import { assertNever } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncStatus } from "../domain/syncStatus";
import type { Formats } from "../i18n/formats";
import { describeSyncFailure } from "../i18n/syncFailureTexts";

type Translate = TFunction<"app">;

export interface SyncTexts {
  /** One fixed form: not connected, offline, syncing N of M, synced HH:MM, N waiting, or the error in words. */
  readonly status: string;
  /** What is true besides and needs no announcing: how much waits, when the next attempt is. */
  readonly besides: readonly string[];
}

/** The status line in words. */
export function describeSync(
  status: SyncStatus,
  t: Translate,
  formats: Formats,
  saveFailureText: (failure: SaveFailure) => string,
): SyncTexts {
  const waiting = status.waiting > 0 ? [t("sync.waiting", { count: status.waiting })] : [];
  switch (status.kind) {
    case "not-connected":
      // Nothing waits for a server that there is not.
      return { status: t("sync.notConnected"), besides: [] };
    case "offline":
      return { status: t("sync.offline"), besides: [...waiting, ...nextAttempt(status.retryAt, t, formats)] };
    case "syncing": {
      // Before the server has said how much there is, what waits here is known to come.
      const total = status.total === 0 ? status.waiting : status.total;
      if (total === 0) return { status: t("sync.connecting"), besides: [] };
      const numbers = { done: formats.number(status.done), total: formats.number(total) };
      return { status: t("sync.syncing", numbers), besides: [] };
    }
    case "synced":
      return { status: waiting[0] ?? t("sync.synced", { time: formats.time(status.at) }), besides: [] };
    case "failed":
      return {
        status: describeSyncFailure(status.failure, t, saveFailureText),
        besides: [...waiting, ...nextAttempt(status.retryAt, t, formats)],
      };
    default:
      return assertNever(status);
  }
}

function nextAttempt(retryAt: number | null, t: Translate, formats: Formats): readonly string[] {
  return retryAt === null ? [] : [t("sync.retryAt", { time: formats.time(retryAt) })];
}
