import type { TFunction } from "i18next";
import { assertNever } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncFailure, SyncStatus } from "../domain/syncStatus";
import type { Formats } from "../i18n/formats";

type Translate = TFunction<"app">;

/** The status line in words. */
export function describeSync(
  status: SyncStatus,
  t: Translate,
  formats: Formats,
  saveFailureText: (failure: SaveFailure) => string,
): string {
  const waiting = status.waiting > 0 ? t("sync.waiting", { count: status.waiting }) : undefined;
  switch (status.kind) {
    case "not-connected":
      return t("sync.notConnected");
    case "offline":
      return join(t("sync.offline"), waiting);
    case "syncing":
      return status.total === 0
        ? t("sync.starting")
        : t("sync.syncing", { done: formats.number(status.done), total: formats.number(status.total) });
    case "synced":
      return waiting ?? t("sync.synced", { time: formats.time(status.at) });
    case "failed": {
      const retry = status.retryAt === null ? undefined : t("sync.retryAt", { time: formats.time(status.retryAt) });
      return join(describeSyncFailure(status.failure, t, saveFailureText), waiting, retry);
    }
    default:
      return assertNever(status);
  }
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" · ");
}

function describeSyncFailure(
  failure: SyncFailure,
  t: Translate,
  saveFailureText: (failure: SaveFailure) => string,
): string {
  switch (failure.kind) {
    case "credentials-rejected":
      return {
        password: t("syncFailure.password"),
        locked: t("syncFailure.locked"),
        "not-a-member": t("syncFailure.notAMember"),
      }[failure.reason];
    case "database-missing":
      return t("syncFailure.databaseMissing");
    case "not-couchdb":
      return t("syncFailure.notCouchdb", { status: failure.status });
    case "server-error":
      return t("syncFailure.serverError", { status: failure.status, reason: failure.reason });
    case "not-saved":
      return t("syncFailure.notSaved", { reason: saveFailureText(failure.failure) });
    default:
      return assertNever(failure);
  }
}
