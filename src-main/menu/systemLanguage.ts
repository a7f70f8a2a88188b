import { app } from "electron";

/** The system's language as a BCP 47 tag; a Linux system without one says `C`, which is none. */
export function systemLanguage(): string {
  const isTag = (language: string): boolean => /^[a-z]{2,3}(-|$)/i.test(language);
  return app.getPreferredSystemLanguages().find(isTag) ?? (isTag(app.getLocale()) ? app.getLocale() : "en");
}
