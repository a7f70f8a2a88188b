import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { assertNever } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";

/** Why something is not saved and what to do, as the second half of "Not saved because …". */
export function describeSaveFailure(t: TFunction, failure: SaveFailure): string {
  switch (failure.kind) {
    case "not-found":
      return t("saveFailure.notFound");
    case "read-only":
      return "id" in failure ? t("saveFailure.readOnlyRecord") : t("saveFailure.readOnlyDisk");
    case "invalid":
      return t("saveFailure.invalid", { detail: failure.detail });
    case "too-large":
      return t("saveFailure.tooLarge", { count: failure.limit });
    case "circle":
      return t("saveFailure.circle");
    case "not-deletable":
      return t("saveFailure.notDeletable");
    case "disk-full":
      return t("saveFailure.diskFull");
    case "ledger-damaged":
      return t("saveFailure.ledgerDamaged");
    case "ledger-unavailable":
      return t("saveFailure.ledgerUnavailable", { detail: failure.detail });
    case "store-failed":
      return t("saveFailure.storeFailed", { detail: failure.detail });
    default:
      return assertNever(failure);
  }
}

export function useSaveFailureText(): (failure: SaveFailure) => string {
  const { t } = useTranslation("common");
  return useCallback((failure) => describeSaveFailure(t, failure), [t]);
}
