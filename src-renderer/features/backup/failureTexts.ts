import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFailure } from "../../../src-main/shared/backup";
import { assertNever } from "../../../src-main/shared/result";
import type { SaveFailure } from "../../domain/saveFailure";
import { describeSaveFailure } from "../../i18n/failureTexts";
import type { BackupUnreadable } from "../../ports/backup";

/** Main or the worker broke off without an answer. */
export interface Unexpected {
  readonly kind: "unexpected";
}

/** Why a backup was not made, read or used, and what to do about it. */
export function describeBackupFailure(t: TFunction<"backup">, failure: BackupFailure | Unexpected): string {
  switch (failure.kind) {
    case "no-way-to-open":
      return t("failure.noWayToOpen");
    case "disk-full":
      return t("failure.diskFull", { path: failure.path });
    case "not-written":
      return t("failure.notWritten", { path: failure.path, detail: failure.detail });
    case "folder-missing":
      return failure.path === "" ? t("failure.noFolder") : t("failure.folderMissing", { path: failure.path });
    case "not-readable":
      return t("failure.notReadable", { path: failure.path, detail: failure.detail });
    case "no-backup":
      return t("failure.noBackup", { path: failure.path });
    case "newer-format":
      return t("failure.newerFormat", { path: failure.path });
    case "damaged":
      return t("failure.damaged", { path: failure.path, detail: failure.detail });
    case "other-notebook":
      return t("failure.otherNotebook", { path: failure.path });
    case "needs-secret":
      return t("failure.needsSecret");
    case "wrong-secret":
      return t("failure.wrongSecret");
    case "not-empty":
      return t("failure.notEmpty");
    case "cancelled":
      return t("failure.cancelled");
    case "not-now":
      return t("failure.notNow");
    case "unexpected":
      return t("failure.unexpected");
    default:
      return assertNever(failure);
  }
}

export type JoinFailure = SaveFailure | BackupUnreadable | { readonly kind: "no-preview" } | Unexpected;

/** Why a backup was not compared or joined. */
export function describeJoinFailure(t: TFunction<["backup", "common"]>, failure: JoinFailure): string {
  switch (failure.kind) {
    case "backup-unreadable":
      return t("backup:failure.unreadable");
    case "no-preview":
      return t("backup:failure.noPreview");
    case "unexpected":
      return t("backup:failure.unexpected");
    default:
      return t("backup:failure.notJoined", { reason: describeSaveFailure(t as unknown as TFunction, failure) });
  }
}

export function useBackupFailureText(): (failure: BackupFailure | Unexpected) => string {
  const { t } = useTranslation("backup");
  return useCallback((failure) => describeBackupFailure(t, failure), [t]);
}
