import { useRef } from "react";
import type { Change } from "../../domain/edit";
import type { Pinyin } from "../../domain/records/contact";
import { useNotebook } from "../../platform/notebook";
import { readingsOf, useReadings } from "../../platform/readings";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForPinyin, changesForProposal, changesForText } from "./contactForm";

export interface NameFields {
  readonly nameZh: FieldDraftProps;
  readonly nameLatin: FieldDraftProps;
  readonly pinyin: FieldDraftProps;
  /** Shown in the emptied field: what leaving it empty brings back. */
  readonly proposal: string;
  /** Readings other than the one in the field. */
  readonly otherReadings: readonly string[];
  readonly choose: (reading: string) => void;
}

/**
 * The three fields of a name. Changing the Chinese name proposes its reading in the same edit, unless a person has
 * typed one: that is never overwritten, not even when it has not reached the record yet.
 */
export function useNameFields(form: RecordForm<"contact">): NameFields {
  const notebook = useNotebook();
  const data = form.record?.data;
  /** What was done to the pinyin on this form, which the record may not show yet. */
  const pinyinHere = useRef<"typed" | "cleared" | "left empty" | null>(null);

  async function storedPinyin(): Promise<Pinyin | undefined> {
    if (pinyinHere.current === "cleared" || pinyinHere.current === "left empty") return undefined;
    const view = await notebook.request("read", { id: form.id });
    return view?.record.type === "contact" ? view.record.data.pinyin : undefined;
  }

  async function proposalFor(name: string): Promise<Change[]> {
    const [proposal] = await readingsOf(notebook, name, "name");
    try {
      const stored = await storedPinyin();
      return pinyinHere.current === "typed" ? [] : changesForProposal(stored, proposal);
    } catch {
      // Not knowing whether a reading was typed, it is left as it is.
      return [];
    }
  }

  async function changesForName(text: string): Promise<Change[]> {
    return [...changesForText("nameZh", text), ...(await proposalFor(text))];
  }

  const nameZh = useFormField(form, { field: "nameZh", value: data?.nameZh ?? "", changes: changesForName });
  const nameLatin = useFormField(form, {
    field: "nameLatin",
    value: data?.nameLatin ?? "",
    changes: (text) => changesForText("nameLatin", text),
  });
  const pinyin = useFormField(form, {
    field: "pinyin",
    value: data?.pinyin?.value ?? "",
    changes: (text) =>
      pinyinHere.current === "left empty" ? changesForProposal(undefined, proposal) : changesForPinyin(text),
  });
  const readings = useReadings(nameZh.value, "name");
  const proposal = readings[0] ?? "";

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
    nameZh,
    nameLatin,
    pinyin: { ...pinyin, onChange: typePinyin, onBlur: leavePinyin },
    proposal,
    otherReadings: readings.filter((reading) => reading !== pinyin.value),
    choose: (reading) => {
      typePinyin(reading);
      pinyin.onBlur();
    },
  };
}
