import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ShownType } from "../platform/navigation";

/** A field's name as its form says it; one that this version does not know goes by its own. */
export function useFieldLabel(type: ShownType | "author"): (field: string) => string {
  const { t } = useTranslation(["history", "contacts", "meetings", "organisations", "glossary", "areas", "settings"]);
  return useCallback(
    (field) => {
      if (field === "visibility") return t("history:visibilityLabel");
      switch (type) {
        case "contact":
          return contactLabel(field);
        case "meeting":
          return meetingLabel(field);
        case "organisation":
          return organisationLabel(field);
        case "term":
          return termLabel(field);
        case "area":
          return areaLabel(field);
        case "author":
          return authorLabel(field);
      }
      function contactLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          nameZh: t("contacts:field.nameZh"),
          nameLatin: t("contacts:field.nameLatin"),
          pinyin: t("contacts:field.pinyin"),
          posts: t("contacts:field.organisation"),
          emails: t("contacts:field.email"),
          phones: t("contacts:field.phone"),
          wechat: t("contacts:field.wechat"),
        };
        return labels[name] ?? name;
      }
      function meetingLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          title: t("meetings:field.title"),
          startsAt: t("meetings:field.starts"),
          endsAt: t("meetings:field.ends"),
          startsAsTyped: t("history:asTyped", { field: t("meetings:field.starts") }),
          endsAsTyped: t("history:asTyped", { field: t("meetings:field.ends") }),
          place: t("meetings:field.place"),
          organisationIds: t("meetings:field.organisations"),
          attendees: t("meetings:field.attendees"),
          areaIds: t("organisations:areas"),
        };
        return labels[name] ?? name;
      }
      function organisationLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          nameEn: t("organisations:nameEn"),
          nameZh: t("organisations:nameZh"),
          abbreviation: t("organisations:abbreviation"),
          shortZh: t("organisations:shortForms"),
          pinyin: t("organisations:pinyin"),
          level: t("organisations:levelLabel"),
          parentId: t("organisations:superior"),
          hostId: t("organisations:host"),
          website: t("organisations:website"),
          areaIds: t("organisations:areas"),
          formerNames: t("organisations:formerNames"),
          note: t("organisations:note"),
          confidence: t("organisations:checked"),
        };
        return labels[name] ?? name;
      }
      function termLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          forms: t("glossary:field.forms"),
          abbreviation: t("glossary:field.abbreviation"),
          areaIds: t("glossary:field.areas"),
          definitionEn: t("glossary:field.definitionEn"),
          definitionZh: t("glossary:field.definitionZh"),
          note: t("glossary:field.note"),
          source: t("glossary:field.source"),
        };
        return labels[name] ?? name;
      }
      function areaLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          nameEn: t("areas:field.nameEn"),
          nameZh: t("areas:field.nameZh"),
          kind: t("history:areaKind"),
          parentId: t("areas:field.superior"),
          validFrom: t("areas:field.validFrom"),
          validTo: t("history:lastDay"),
          decidedIn: t("areas:field.decidedIn"),
          formerNames: t("areas:formerNames"),
          note: t("areas:field.note"),
        };
        return labels[name] ?? name;
      }
      function authorLabel(name: string): string {
        const labels: Readonly<Record<string, string>> = {
          name: t("settings:identity.yourName"),
          devices: t("settings:identity.thisComputer"),
        };
        return labels[name] ?? name;
      }
    },
    [t, type],
  );
}
