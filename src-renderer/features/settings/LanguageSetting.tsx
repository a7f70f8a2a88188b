import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../../src-main/shared/settings";
import { useLanguage } from "../../i18n/texts";
import { useMain } from "../../platform/bridge";
import { LanguageChoice } from "../../ui/LanguageChoice";
import styles from "./settings.module.css";

/** Switches at once and remembers the choice. */
export function LanguageSetting(): ReactNode {
  const { t } = useTranslation("settings");
  const main = useMain();
  const [language, setLanguage] = useLanguage();
  const [notSaved, setNotSaved] = useState<string | null>(null);

  async function choose(chosen: Language): Promise<void> {
    setLanguage(chosen);
    const saved = await main.invoke("settings:change", { language: chosen });
    setNotSaved(saved.ok ? null : saved.failure.detail);
  }

  return (
    <>
      <LanguageChoice label={t("language")} value={language} onChange={(chosen) => void choose(chosen)} />
      {notSaved !== null && (
        <p className={styles.problem} role="alert">
          {t("languageNotSaved", { detail: notSaved })}
        </p>
      )}
    </>
  );
}
