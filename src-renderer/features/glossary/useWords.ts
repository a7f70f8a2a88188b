import { useRef } from "react";
import type { Change } from "../../domain/edit";
import { useNotebook } from "../../platform/notebook";
import { readingsOf, useReadings } from "../../platform/readings";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForForm, isCorrected, mainForm, newMainForm } from "./termForm";
import { useFormText, useStoredForm } from "./useTermForms";

export interface Words {
  readonly en: FieldDraftProps;
  readonly zh: FieldDraftProps;
  readonly pinyin: FieldDraftProps;
  readonly traditional: FieldDraftProps;
  /** Shown in the emptied pinyin: what leaving it empty brings back. */
  readonly proposal: string;
  /** Readings other than the one in the field. */
  readonly otherReadings: readonly string[];
  readonly choose: (reading: string) => void;
  /** The pinyin in the field is a person's own and stays when the Chinese changes. */
  readonly isCorrected: boolean;
}

/**
 * The preferred words of a term. Changing the Chinese proposes its pinyin in the same edit, unless a person has
 * corrected it: that is never overwritten, not even when it has not reached the record yet.
 */
export function useWords(form: RecordForm<"term">): Words {
  const notebook = useNotebook();
  const storedForm = useStoredForm(form);
  const term = form.record?.data ?? null;
  const chinese = mainForm(term, "zh") ?? newMainForm("zh");
  /** What was done to the pinyin on this form, which the record may not show yet. */
  const pinyinHere = useRef<"typed" | "cleared" | "left empty" | null>(null);

  async function isCorrectedNow(stored: ReturnType<typeof mainForm>): Promise<boolean> {
    if (pinyinHere.current === "typed") return true;
    if (pinyinHere.current !== null || stored?.pinyin === undefined) return false;
    const [proposed] = await readingsOf(notebook, stored.text, "text");
    return isCorrected(stored, proposed);
  }

  async function changesForChinese(text: string): Promise<Change[]> {
    const stored = await storedForm(chinese.id);
    if (await isCorrectedNow(stored)) return changesForForm(stored, chinese, { text });
    const [proposal = ""] = await readingsOf(notebook, text, "text");
    // Asked again: it may have been typed while the reading was on its way.
    const typedMeanwhile = (pinyinHere.current as string | null) === "typed";
    return changesForForm(stored, chinese, typedMeanwhile ? { text } : { text, pinyin: proposal });
  }

  const en = useFormText(form, mainForm(term, "en") ?? newMainForm("en"), "text");
  const zh = useFormField(form, { field: `forms/${chinese.id}/text`, value: chinese.text, changes: changesForChinese });
  const traditional = useFormText(form, chinese, "traditional");
  const readings = useReadings(zh.value, "text");
  const proposal = readings[0] ?? "";
  const pinyin = useFormField(form, {
    field: `forms/${chinese.id}/pinyin`,
    value: chinese.pinyin ?? "",
    changes: async (text) =>
      changesForForm(await storedForm(chinese.id), chinese, {
        pinyin: pinyinHere.current === "left empty" ? proposal : text,
      }),
  });

  function typePinyin(text: string): void {
    pinyinHere.current = text.trim() === "" ? "cleared" : "typed";
    pinyin.onChange(text);
  }

  function leavePinyin(): void {
    if (pinyinHere.current === "cleared" && proposal !== "") {
      pinyinHere.current = "left empty";
      pinyin.onChange("");
    }
    pinyin.onBlur();
  }

  return {
    en,
    zh,
    traditional,
    pinyin: { ...pinyin, onChange: typePinyin, onBlur: leavePinyin },
    proposal,
    otherReadings: readings.filter((reading) => reading !== pinyin.value),
    choose: (reading) => {
      typePinyin(reading);
      pinyin.onBlur();
    },
    isCorrected: readings.length > 0 && isCorrected({ pinyin: pinyin.value }, proposal),
  };
}
