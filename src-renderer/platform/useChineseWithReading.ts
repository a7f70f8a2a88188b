import { useEffect, useRef } from "react";
import type { Change } from "../domain/edit";
import type { RecordType } from "../domain/ids";
import { useNotebook } from "./notebook";
import { readingsOf, useReadings, type ReadingKind } from "./readings";
import type { FieldDraftProps } from "./useFieldDraft";
import { useFormField, type FormFieldOptions } from "./useFormField";
import type { RecordForm } from "./useRecordForm";

type Changes = readonly Change[] | Promise<readonly Change[]>;

export interface ChineseWithReadingOptions {
  readonly kind: ReadingKind;
  readonly chinese: Pick<FormFieldOptions, "field" | "value">;
  readonly pinyin: Pick<FormFieldOptions, "field" | "value">;
  /** What the Chinese changes, with the pinyin proposed for it; null leaves the pinyin as it is. */
  readonly changesForChinese: (text: string, proposal: string | null) => Changes;
  /** What the pinyin changes that a person typed, or that was proposed where one was taken out. */
  readonly changesForPinyin: (text: string, source: "typed" | "proposed") => Changes;
  /** Whether the pinyin in the notebook is a person's own; what is on screen may be a moment older. */
  readonly isOwn: () => Promise<boolean>;
  /** Whether the pinyin is this reading; letter by letter unless told. */
  readonly isSame?: (pinyin: string, reading: string) => boolean;
}

export interface ChineseWithReading {
  readonly chinese: FieldDraftProps;
  readonly pinyin: FieldDraftProps;
  /** Shown in the emptied pinyin: what leaving it empty brings back. */
  readonly proposal: string;
  /** There are readings of the Chinese in the field, and they are here. */
  readonly hasReadings: boolean;
  /** Readings other than the one in the field. */
  readonly otherReadings: readonly string[];
  readonly choose: (reading: string) => void;
}

/**
 * Chinese words and their pinyin as two fields. Changing the words proposes the pinyin in the same edit, unless it is a
 * person's own: that is never overwritten, not even when it has not reached the record yet.
 */
export function useChineseWithReading<T extends RecordType>(
  form: RecordForm<T>,
  options: ChineseWithReadingOptions,
): ChineseWithReading {
  const { kind, changesForChinese, changesForPinyin, isOwn, isSame = Object.is } = options;
  const notebook = useNotebook();
  /** What was done to the pinyin on this form, which the record may not show yet. */
  const here = useRef<"typed" | "cleared" | "left empty" | null>(null);
  const stored = options.pinyin.value;
  useEffect(() => {
    // The proposal that was asked for is in the record, and from now on the record says whose the pinyin is.
    if (here.current === "left empty" && stored !== "") here.current = null;
  }, [stored]);

  async function mayPropose(): Promise<boolean> {
    if (here.current !== null) return here.current !== "typed";
    try {
      const own = await isOwn();
      // Asked again: it may have been typed meanwhile.
      return !own && (here.current as string | null) !== "typed";
    } catch {
      // Not knowing whose the pinyin is, it is left as it is.
      return false;
    }
  }

  const chinese = useFormField(form, {
    ...options.chinese,
    changes: async (text) => {
      const [proposal = ""] = await readingsOf(notebook, text, kind);
      return changesForChinese(text, (await mayPropose()) ? proposal : null);
    },
  });
  const readings = useReadings(chinese.value, kind);
  const proposal = readings[0] ?? "";
  const pinyin = useFormField(form, {
    ...options.pinyin,
    changes: (text) =>
      here.current === "left empty" ? changesForPinyin(proposal, "proposed") : changesForPinyin(text, "typed"),
  });

  function type(text: string): void {
    here.current = text.trim() === "" ? "cleared" : "typed";
    pinyin.onChange(text);
  }

  function leave(): void {
    if (here.current === "cleared" && proposal !== "") {
      here.current = "left empty";
      pinyin.onChange("");
    }
    pinyin.onBlur();
  }

  return {
    chinese,
    pinyin: { ...pinyin, onChange: type, onBlur: leave },
    proposal,
    hasReadings: readings.length > 0,
    otherReadings: readings.filter((reading) => !isSame(pinyin.value, reading)),
    choose: (reading) => {
      type(reading);
      pinyin.onBlur();
    },
  };
}
