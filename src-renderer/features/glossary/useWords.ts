import { useNotebook } from "../../platform/notebook";
import { readingsOf } from "../../platform/readings";
import { useChineseWithReading, type ChineseWithReading } from "../../platform/useChineseWithReading";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForForm, isCorrected, mainForm, newMainForm } from "./termForm";
import { useFormText, useStoredForm } from "./useTermForms";

export interface Words extends Omit<ChineseWithReading, "chinese" | "hasReadings"> {
  readonly en: FieldDraftProps;
  readonly zh: FieldDraftProps;
  readonly traditional: FieldDraftProps;
  /** The pinyin in the field is a person's own and stays when the Chinese changes. */
  readonly isCorrected: boolean;
}

/** The preferred words of a term, with the pinyin of the Chinese one. */
export function useWords(form: RecordForm<"term">): Words {
  const notebook = useNotebook();
  const storedForm = useStoredForm(form);
  const term = form.record?.data ?? null;
  const main = mainForm(term, "zh") ?? newMainForm("zh");
  const en = useFormText(form, mainForm(term, "en") ?? newMainForm("en"), "text");
  const { chinese, hasReadings, ...reading } = useChineseWithReading(form, {
    kind: "text",
    chinese: { field: `forms/${main.id}/text`, value: main.text },
    pinyin: { field: `forms/${main.id}/pinyin`, value: main.pinyin ?? "" },
    changesForChinese: async (text, proposal) =>
      changesForForm(await storedForm(main.id), main, proposal === null ? { text } : { text, pinyin: proposal }),
    changesForPinyin: async (pinyin) => changesForForm(await storedForm(main.id), main, { pinyin }),
    isOwn: async () => {
      const stored = await storedForm(main.id);
      if (stored?.pinyin === undefined) return false;
      const [proposal] = await readingsOf(notebook, stored.text, "text");
      return isCorrected(stored, proposal);
    },
  });
  const traditional = useFormText(form, main, "traditional");
  return {
    ...reading,
    en,
    zh: chinese,
    traditional,
    isCorrected: hasReadings && isCorrected({ pinyin: reading.pinyin.value }, reading.proposal),
  };
}
