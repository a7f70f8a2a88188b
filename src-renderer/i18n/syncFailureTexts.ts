import type { TFunction } from "i18next";
import { assertNever } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncFailure } from "../domain/syncStatus";

/** What stops the exchange, and what to do about it. */
export function describeSyncFailure(
  failure: SyncFailure,
  t: TFunction<"app">,
  saveFailureText: (failure: SaveFailure) => string,
): string {
  switch (failure.kind) {
    case "credentials-rejected":
      return {
        missing: t("syncFailure.missing"),
        password: t("syncFailure.password"),
        locked: t("syncFailure.locked"),
        "not-a-member": t("syncFailure.notAMember"),
      }[failure.reason];
    case "database-missing":
      return t("syncFailure.databaseMissing");
    case "not-couchdb":
      return t("syncFailure.notCouchdb", { status: failure.status });
    case "server-error":
      if (failure.reason === "") return t("syncFailure.busy", { status: failure.status });
      return t("syncFailure.serverError", { status: failure.status, reason: failure.reason });
    case "insecure-connection":
      return t("syncFailure.insecure", { detail: failure.detail });
    case "not-saved":
      return t("syncFailure.notSaved", { reason: saveFailureText(failure.failure) });
    case "unexpected":
      return t("syncFailure.unexpected", { detail: failure.detail });
    default:
      return assertNever(failure);
  }
}
