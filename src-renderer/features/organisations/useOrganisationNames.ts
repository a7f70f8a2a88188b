import { useRef } from "react";
import type { Change } from "../../domain/edit";
import { useNotebook } from "../../platform/notebook";
import { readingsOf, useReadings } from "../../platform/readings";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForText, isProposed } from "./organisationForm";

export interface OrganisationNames {
  readonly nameEn: FieldDraftProps;
  readonly nameZh: FieldDraftProps;
  readonly pinyin: FieldDraftProps;
  /** Shown in the emptied field: what leaving it empty brings back. */
  readonly proposal: string;
  /** Readings other than the one in the field. */
  readonly otherReadings: readonly string[];
  readonly choose: (reading: string) => void;
}

/**
 * The names with the pinyin of the Chinese one. Changing the Chinese name changes its pinyin in the same edit while that
 * is the proposed one; a reading that was corrected stays.
 */
export function useOrganisationNames(form: RecordForm<"organisation">): OrganisationNames {
  const notebook = useNotebook();
  const data = form.record?.data;
  /** What was done to the pinyin on this form, which the record may not show yet. */
  const pinyinHere = useRef<"typed" | "cleared" | null>(null);

  /** Whether the stored pinyin follows the stored name. Not knowing, it is left as it is. */
  async function followsName(): Promise<boolean> {
    if (pinyinHere.current !== null) return pinyinHere.current === "cleared";
    try {
      const view = await notebook.request("read", { id: form.id });
      if (view?.record.type !== "organisation") return true;
      const { nameZh, pinyin } = view.record.data;
      if (pinyin === undefined) return true;
      const [proposal] = await readingsOf(notebook, nameZh ?? "", "text");
      return isProposed(pinyin, proposal);
    } catch {
      return false;
    }
  }

  async function changesForName(text: string): Promise<Change[]> {
    const follows = await followsName();
    const [proposal = ""] = await readingsOf(notebook, text, "text");
    // Asked again: the pinyin may have been typed while the reading was on its way.
    const isTyped = pinyinHere.current === "typed";
    return [...changesForText("nameZh", text), ...(follows && !isTyped ? changesForText("pinyin", proposal) : [])];
  }

  const nameEn = useFormField(form, {
    field: "nameEn",
    value: data?.nameEn ?? "",
    changes: (text) => changesForText("nameEn", text),
  });
  const nameZh = useFormField(form, { field: "nameZh", value: data?.nameZh ?? "", changes: changesForName });
  const pinyin = useFormField(form, {
    field: "pinyin",
    value: data?.pinyin ?? "",
    changes: (text) => changesForText("pinyin", text),
  });
  const readings = useReadings(nameZh.value, "text");
  const proposal = readings[0] ?? "";

  function typePinyin(text: string): void {
    pinyinHere.current = text.trim() === "" ? "cleared" : "typed";
    pinyin.onChange(text);
  }

  function leavePinyin(): void {
    if (pinyinHere.current === "cleared" && proposal !== "") {
      pinyinHere.current = null;
      pinyin.onChange(proposal);
    }
    pinyin.onBlur();
  }

  return {
    nameEn,
    nameZh,
    pinyin: { ...pinyin, onChange: typePinyin, onBlur: leavePinyin },
    proposal,
    otherReadings: readings.filter((reading) => !isProposed(pinyin.value, reading)),
    choose: (reading) => {
      typePinyin(reading);
      pinyin.onBlur();
    },
  };
}
