import type { TFunction } from "i18next";
import type { ConnectFailure } from "../../../src-main/shared/ipc";
import { assertNever } from "../../../src-main/shared/result";

/** Why connecting failed and what to do about it. */
export function describeConnectFailure(t: TFunction<"settings">, failure: ConnectFailure): string {
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
    case "credentials-rejected":
      return {
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
    default:
      return assertNever(failure);
  }
}
