import { useTranslation } from "react-i18next";
import type { RecordOf } from "../../domain/record";
import { useFormats } from "../../i18n/formats";
import { AreaNames } from "../../ui/AreaNames";
import { RecordName } from "../../ui/RecordName";
import type { ShownField } from "../../ui/ShippedChanges";

/** How the fields of an area look as they ship. */
export function useShippedArea(): (field: string, record: RecordOf<"area">) => ShownField {
  const { t } = useTranslation("areas");
  const formats = useFormats();
  return (field, { data }) => {
    switch (field) {
      case "nameEn":
      case "nameZh":
      case "note":
        return { label: t(`field.${field}`), value: data[field] ?? "" };
      case "parentId":
        return {
          label: t("field.superior"),
          value: data.parentId === undefined ? "" : <AreaNames ids={[data.parentId]} />,
        };
      case "validFrom":
        return { label: t("field.validFrom"), value: formats.date(data.validFrom ?? "") };
      case "validTo":
        return { label: t("retire.lastDay"), value: formats.date(data.validTo ?? "") };
      case "formerNames":
        return {
          label: t("formerNames"),
          value: formats.list(data.formerNames.map(({ nameEn, nameZh }) => nameEn ?? nameZh ?? "")),
        };
      case "decidedIn":
        return {
          label: t("field.decidedIn"),
          value: data.decidedIn === undefined ? "" : <RecordName id={data.decidedIn} />,
        };
      default:
        return { label: field, value: "" };
    }
  };
}
