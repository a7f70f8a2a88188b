import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { KeysFailure } from "../../../src-main/shared/keys";
import { assertNever } from "../../../src-main/shared/result";

/** Main did not answer as promised: a bug. */
export interface Unexpected {
  readonly kind: "unexpected";
}

/** Why the keys stay as they are, and what to do. How long to wait is told apart from it, since that changes. */
export function describeKeysFailure(t: TFunction<"protection">, failure: KeysFailure | Unexpected): string {
  switch (failure.kind) {
    case "wrong-passphrase":
      return t("failure.wrongPassphrase");
    case "too-soon":
      return t("failure.tooSoon");
    case "bad-words":
      return failure.word === undefined ? t("failure.badWords") : t("failure.badWord", { number: failure.word });
    case "wrong-words":
      return t("failure.wrongWords");
    case "too-short":
      return t("failure.tooShort", { count: failure.limit });
    case "no-keychain":
      return t("failure.noKeychain");
    case "not-now":
      return t("failure.notNow");
    case "not-saved":
      return t("failure.notSaved");
    case "settings-not-saved":
      return t("failure.notKept", { detail: failure.detail });
    case "unexpected":
      return t("failure.unexpected");
    default:
      return assertNever(failure);
  }
}

export function useKeysFailureText(): (failure: KeysFailure | Unexpected) => string {
  const { t } = useTranslation("protection");
  return useCallback((failure) => describeKeysFailure(t, failure), [t]);
}
