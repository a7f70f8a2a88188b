import { useRef, useState } from "react";
import type { FieldDraftProps } from "../../platform/useFieldDraft";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { changesForTime, readTime, timeText, type TimeFieldName } from "./meetingForm";

export interface TimeField extends FieldDraftProps {
  readonly parse: (text: string) => string | null;
}

/**
 * A start or end. While the caret is in it the text stays as typed, even when it is understood already; left, it shows
 * the time it was understood as.
 */
export function useTimeField(form: RecordForm<"meeting">, field: TimeFieldName): TimeField {
  const meeting = form.record?.data ?? null;
  const [typing, setTyping] = useState<string | null>(null);
  const isLeft = useRef(false);
  const parse = (text: string): string | null => readTime(text, meeting?.startsAt ?? meeting?.[field]);
  const draft = useFormField(form, {
    field,
    value: timeText(meeting, field),
    changes: (text) => changesForTime(field, text, parse(text), isLeft.current),
  });
  return {
    ...draft,
    value: typing ?? draft.value,
    parse,
    onChange: (text) => {
      isLeft.current = false;
      setTyping(text);
      draft.onChange(text);
    },
    onBlur: () => {
      if (typing !== null && typing.trim() !== "" && parse(typing) === null) {
        isLeft.current = true;
        draft.onChange(typing);
      }
      setTyping(null);
      draft.onBlur();
    },
  };
}
