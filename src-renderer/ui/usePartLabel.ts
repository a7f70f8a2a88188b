import { useTranslation } from "react-i18next";

/**
 * The name of a part of an item (a job title within a post); empty for one that says by itself what it is. One that this
 * version does not know goes by its own.
 */
export function usePartLabel(): (part: string) => string {
  const { t } = useTranslation(["history", "contacts", "glossary", "areas"]);
  return (part) => {
    const labels: Readonly<Record<string, string>> = {
      value: "",
      text: "",
      name: "",
      contactId: "",
      nameEn: t("areas:field.nameEn"),
      nameZh: t("areas:field.nameZh"),
      until: t("history:lastDay"),
      organisationId: t("contacts:field.organisation"),
      title: t("contacts:field.jobTitle"),
      department: t("history:part.department"),
      from: t("history:part.from"),
      to: t("history:part.to"),
      language: t("history:part.language"),
      status: t("glossary:field.status"),
      pinyin: t("glossary:field.pinyin"),
      traditional: t("glossary:field.traditional"),
      prefer: t("glossary:field.prefer"),
      reason: t("glossary:field.reason"),
    };
    return labels[part] ?? part;
  };
}
