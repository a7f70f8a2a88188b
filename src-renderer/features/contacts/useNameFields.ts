import { useNotebook } from "../../platform/notebook";
import { useChineseWithReading, type ChineseWithReading } from "../../platform/useChineseWithReading";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForPinyin, changesForText } from "./contactForm";

export interface NameFields extends Omit<ChineseWithReading, "chinese"> {
  readonly nameZh: FieldDraftProps;
  readonly nameLatin: FieldDraftProps;
}

/** The three fields of a name; the record says whether its pinyin was typed. */
export function useNameFields(form: RecordForm<"contact">): NameFields {
  const notebook = useNotebook();
  const data = form.record?.data;
  const { chinese, ...reading } = useChineseWithReading(form, {
    kind: "name",
    chinese: { field: "nameZh", value: data?.nameZh ?? "" },
    pinyin: { field: "pinyin", value: data?.pinyin?.value ?? "" },
    changesForChinese: (text, proposal) => [
      ...changesForText("nameZh", text),
      ...(proposal === null ? [] : changesForPinyin(proposal, "proposed")),
    ],
    changesForPinyin,
    isOwn: async () => {
      const view = await notebook.request("read", { id: form.id });
      return view?.record.type === "contact" && view.record.data.pinyin?.source === "typed";
    },
  });
  const nameLatin = useFormField(form, {
    field: "nameLatin",
    value: data?.nameLatin ?? "",
    changes: (text) => changesForText("nameLatin", text),
  });
  return { ...reading, nameZh: chinese, nameLatin };
}
