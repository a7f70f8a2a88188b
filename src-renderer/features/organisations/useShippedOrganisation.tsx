import { useTranslation } from "react-i18next";
import type { RecordOf } from "../../domain/record";
import { AreaNames } from "../../ui/AreaNames";
import type { ShownField } from "../../ui/ShippedChanges";
import { shortFormsText } from "./organisationForm";
import { RecordName } from "../../ui/RecordName";

/** How a field of the shipped organisation is shown beside what was changed here. */
export function useShippedOrganisation(): (field: string, shipped: RecordOf<"organisation">) => ShownField {
  const { t } = useTranslation("organisations");
  return (field, { data }) => {
    switch (field) {
      case "nameEn":
        return { label: t("nameEn"), value: data.nameEn };
      case "nameZh":
        return { label: t("nameZh"), value: data.nameZh };
      case "pinyin":
        return { label: t("pinyin"), value: data.pinyin };
      case "abbreviation":
        return { label: t("abbreviation"), value: data.abbreviation };
      case "shortZh":
        return { label: t("shortForms"), value: shortFormsText(data.shortZh) };
      case "level":
        return { label: t("levelLabel"), value: t(`level.${data.level}`) };
      case "parentId":
        return { label: t("superior"), value: data.parentId && <RecordName id={data.parentId} /> };
      case "hostId":
        return { label: t("host"), value: data.hostId && <RecordName id={data.hostId} /> };
      case "website":
        return { label: t("website"), value: data.website };
      case "areaIds":
        return { label: t("areas"), value: data.areaIds.length > 0 ? <AreaNames ids={data.areaIds} /> : "" };
      case "formerNames":
        return { label: t("formerNames"), value: data.formerNames.map(({ text }) => text).join("\n") };
      case "confidence":
        return { label: t("checked"), value: data.confidence === "medium" ? t("notChecked") : "" };
      default:
        return { label: t("note"), value: data.note };
    }
  };
}
