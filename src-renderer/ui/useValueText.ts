import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { visibility } from "../domain/envelope";
import type { RecordId } from "../domain/ids";
import { isJsonObject } from "../domain/jsonValue";
import { level } from "../domain/records/organisation";
import { formStatuses } from "../domain/records/term";
import { useFormats } from "../i18n/formats";

/** A value as a reader sees it: text, or records to be named. */
export type ShownValue =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "record"; readonly id: RecordId };

/** How the value of a field, or of a part of an item, is shown. An absent one is an empty text. */
export function useValueText(): (field: string, value: unknown) => ShownValue {
  const { t } = useTranslation(["history", "organisations", "glossary", "areas", "contacts"]);
  const formats = useFormats();
  return useCallback(
    (field, value) => {
      if (typeof value === "string" && isReference(field)) return { kind: "record", id: value as RecordId };
      return { kind: "text", text: textOf() };

      function textOf(): string {
        if (value === undefined || value === null) return "";
        // A reading: what it is, not who proposed it.
        if (isJsonObject(value)) return typeof value["value"] === "string" ? value["value"] : JSON.stringify(value);
        if (typeof value !== "string") return JSON.stringify(value);
        switch (field) {
          case "startsAt":
          case "endsAt":
            return formats.dateTime(value) || value;
          case "validFrom":
          case "validTo":
          case "until":
          case "from":
          case "to":
            return formats.date(value) || value;
          case "level": {
            const known = level.safeParse(value);
            return known.success ? t(`organisations:level.${known.data}`) : value;
          }
          case "status": {
            const known = formStatuses.find((status) => status === value);
            return known ? t(`glossary:status.${known}`) : value;
          }
          case "confidence":
            return value === "medium" ? t("organisations:notChecked") : t("organisations:confirmed");
          case "kind":
            return value === "subject" ? t("areas:subject") : t("history:technical");
          case "language":
            return value === "zh" ? t("glossary:field.zh") : t("glossary:field.en");
          case "visibility": {
            const known = visibility.safeParse(value);
            return known.success ? t(`history:visibility.${known.data}`) : value;
          }
          default:
            return value;
        }
      }
    },
    [t, formats],
  );
}

function isReference(field: string): boolean {
  return /Ids?$/.test(field) || field === "decidedIn";
}
