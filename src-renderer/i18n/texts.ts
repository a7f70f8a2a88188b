import { createInstance, type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../../src-main/shared/settings";
import { resources } from "./resources";

/** The languages of the interface with their own names, as a person looking for theirs would read them. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", "zh-CN": "中文" };
export const languages: readonly Language[] = ["en", "zh-CN"];

/** The interface language that suits a system's BCP 47 tag: Chinese of any script or region, otherwise English. */
export function proposeLanguage(systemLanguage: string): Language {
  return /^zh\b/i.test(systemLanguage) ? "zh-CN" : "en";
}

/** Sets up the texts; the document's `lang` follows the language, so that fonts and screen readers choose rightly. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  texts.on("languageChanged", (tag) => {
    document.documentElement.lang = tag;
  });
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    supportedLngs: languages,
    defaultNS: "common",
    ns: Object.keys(resources.en),
    resources,
    initAsync: false,
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
  return texts;
}

/** The language shown now, and the way to switch it at run time. */
export function useLanguage(): readonly [Language, (language: Language) => void] {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === "zh-CN" ? "zh-CN" : "en";
  return [language, (next) => void i18n.changeLanguage(next)];
}
