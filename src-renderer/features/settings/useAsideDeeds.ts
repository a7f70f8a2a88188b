import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { describeSyncFailure } from "../../i18n/syncFailureTexts";
import { useMain } from "../../platform/bridge";
import { useNotebook } from "../../platform/notebook";
import type { AsideFailure } from "../../ports/setAside";

export interface AsideDeeds {
  /** What the last one came to, in words; null before. */
  readonly said: string | null;
  /** Writes the document to a file of the person's choice. */
  readonly save: () => void;
  readonly takeServers: () => void;
  /** Leaves it as it is. */
  readonly keep: () => void;
}

/** What a person can do about something set aside, besides trying it again. */
export function useAsideDeeds({ id, direction }: QuarantineEntry): AsideDeeds {
  const { t } = useTranslation("syncDetails");
  const { t: ofApp } = useTranslation("app");
  const notebook = useNotebook();
  const main = useMain();
  const saveFailureText = useSaveFailureText();
  const [said, setSaid] = useState<string | null>(null);

  async function save(): Promise<string | null> {
    const text = await notebook.request("asideText", { id, direction });
    if (!text.ok) return fetchFailureText(text.failure);
    const saved = await main.invoke("document:save", { name: id.slice(0, 100), text: text.value });
    if (!saved.ok) return t("setAside.notSaved", { ...saved.failure });
    return saved.value && t("setAside.saved", { path: saved.value.path });
  }
  async function takeServers(): Promise<string | null> {
    const taken = await notebook.request("takeServers", { id });
    return taken.ok ? t("setAside.taken") : t("setAside.notTaken", { reason: saveFailureText(taken.failure) });
  }
  async function keep(): Promise<string | null> {
    const kept = await notebook.request("keepAside", { id, direction });
    return kept.ok ? null : t("setAside.notTaken", { reason: saveFailureText(kept.failure) });
  }
  function attempt(work: () => Promise<string | null>): () => void {
    return () => {
      setSaid(null);
      work().then(setSaid, () => {
        setSaid(t("setAside.unexpected"));
      });
    };
  }
  function fetchFailureText(failure: AsideFailure): string {
    switch (failure.kind) {
      case "offline":
      case "not-connected":
        return t("setAside.notFetched");
      case "not-found":
        return t("setAside.notThere");
      default:
        return describeSyncFailure(failure, ofApp, saveFailureText);
    }
  }

  return { said, save: attempt(save), takeServers: attempt(takeServers), keep: attempt(keep) };
}
