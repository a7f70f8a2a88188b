import { useNotebook } from "../../platform/notebook";
import { readingsOf } from "../../platform/readings";
import { useChineseWithReading, type ChineseWithReading } from "../../platform/useChineseWithReading";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForText, isProposed } from "./organisationForm";

export interface OrganisationNames extends Omit<ChineseWithReading, "chinese"> {
  readonly nameEn: FieldDraftProps;
  readonly nameZh: FieldDraftProps;
}

/** The names with the pinyin of the Chinese one, which is a person's own if it is not the one proposed. */
export function useOrganisationNames(form: RecordForm<"organisation">): OrganisationNames {
  const notebook = useNotebook();
  const data = form.record?.data;
  const nameEn = useFormField(form, {
    field: "nameEn",
    value: data?.nameEn ?? "",
    changes: (text) => changesForText("nameEn", text),
  });
  const { chinese, ...reading } = useChineseWithReading(form, {
    kind: "text",
    chinese: { field: "nameZh", value: data?.nameZh ?? "" },
    pinyin: { field: "pinyin", value: data?.pinyin ?? "" },
    changesForChinese: (text, proposal) => [
      ...changesForText("nameZh", text),
      ...(proposal === null ? [] : changesForText("pinyin", proposal)),
    ],
    changesForPinyin: (text) => changesForText("pinyin", text),
    isOwn: async () => {
      const view = await notebook.request("read", { id: form.id });
      if (view?.record.type !== "organisation" || view.record.data.pinyin === undefined) return false;
      const { nameZh = "", pinyin } = view.record.data;
      const [proposal] = await readingsOf(notebook, nameZh, "text");
      return !isProposed(pinyin, proposal);
    },
    isSame: isProposed,
  });
  return { ...reading, nameEn, nameZh: chinese };
}
