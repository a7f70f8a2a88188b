import type { TFunction } from "i18next";
import type { ConnectFailure, SettingsNotSaved } from "../../../src-main/shared/ipc";
import { assertNever } from "../../../src-main/shared/result";
import type { Unexpected } from "./useConnection";

/** Why connecting failed and what to do about it. */
export function describeConnectFailure(t: TFunction<"settings">, failure: ConnectFailure | Unexpected): string {
  switch (failure.kind) {
    case "not-connected":
      return t("failure.notConnected");
    case "offline":
      return t("failure.offline", { detail: failure.detail });
    case "timeout":
      return t("failure.timeout");
    case "aborted":
      return t("failure.aborted");
    case "not-couchdb":
      return t("failure.notCouchdb", { status: failure.status });
    case "busy":
      return t("failure.busy", { status: failure.status });
    case "credentials-rejected":
      return {
        missing: t("failure.missing"),
        password: t("failure.password"),
        locked: t("failure.locked"),
        "not-a-member": t("failure.notAMember"),
      }[failure.reason];
    case "insecure-connection":
      return t("failure.insecure", { detail: failure.detail });
    case "bad-address":
      return t("failure.badAddress");
    case "bad-database-name":
      return t("failure.badDatabaseName");
    case "no-such-database":
      return t("failure.noSuchDatabase");
    case "settings-not-saved":
      return t("failure.notKept", { detail: failure.detail });
    case "no-keychain":
      return t("failure.noKeychain");
    case "unexpected":
      return t("failure.unexpected");
    default:
      return assertNever(failure);
  }
}

/** Why the connection could not be removed. */
export function describeDisconnectFailure(t: TFunction<"settings">, failure: SettingsNotSaved | Unexpected): string {
  return failure.kind === "unexpected"
    ? t("failure.unexpected")
    : t("sync.notDisconnected", { detail: failure.detail });
}
