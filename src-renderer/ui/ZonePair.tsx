import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { brusselsTime } from "../i18n/brusselsTime";
import { useFormats } from "../i18n/formats";
import { useLanguage } from "../i18n/texts";

/**
 * An instant on both clocks: `09:00 Beijing · 02:00 Brussels`, with the day in Brussels where it is another one. Nothing
 * for an instant that cannot be read.
 */
export function ZonePair({ at }: { readonly at: string | number }): ReactNode {
  const { t } = useTranslation("common");
  const formats = useFormats();
  const [language] = useLanguage();
  const brussels = brusselsTime(at, language);
  return brussels === "" ? null : t("zonePair", { china: formats.time(at), brussels });
}
