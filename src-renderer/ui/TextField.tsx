import { Textarea, TextInput } from "@mantine/core";
import { useRef, type ChangeEvent, type KeyboardEvent, type ReactNode } from "react";
import type { SaveFailure } from "../domain/saveFailure";
import { useSaveFailureText } from "../i18n/failureTexts";
import { isComposing, isPlainInput } from "./composing";
import { useReadOnly } from "./readOnly";

export interface TextFieldProps {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: () => void;
  readonly onCompositionStart?: () => void;
  readonly onCompositionEnd?: () => void;
  /** Why the text is not on disk; shown below in words. `useFieldDraft` gives it. */
  readonly failure?: SaveFailure | null;
  /** What is wrong with the text itself; comes before `failure`. */
  readonly error?: string | undefined;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  /** Language of what is typed, for fonts and screen readers, e.g. `zh-CN`. */
  readonly lang?: string;
  readonly type?: "text" | "email" | "tel" | "url" | "password";
  readonly autoComplete?: string;
  /** Characters that can be typed. */
  readonly maxLength?: number;
  /** More than one line, growing with the text up to `maxRows`. */
  readonly multiline?: boolean;
  /** One line of text that is shown on as many as it needs; Enter makes no line break. */
  readonly wraps?: boolean;
  readonly maxRows?: number;
  readonly autoFocus?: boolean;
  readonly readOnly?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly rightSection?: ReactNode;
  /** Enter, but never the Enter that ends a composition. */
  readonly onEnter?: () => void;
}

/** A labelled text field that leaves input methods alone. */
export function TextField(props: TextFieldProps): ReactNode {
  const { onChange, onEnter, failure, error, multiline = false, wraps = false, type = "text", ...rest } = props;
  const { maxRows = 12, ...plain } = rest;
  const { onCompositionStart, onCompositionEnd } = rest;
  const failureText = useSaveFailureText();
  const inReadOnly = useReadOnly();
  const composing = useRef(false);
  const shared = {
    ...plain,
    readOnly: rest.readOnly ?? inReadOnly,
    error: error ?? (failure ? failureText(failure) : undefined),
    spellCheck: multiline,
    onCompositionStart: () => {
      composing.current = true;
      onCompositionStart?.();
    },
    onCompositionEnd: () => {
      composing.current = false;
      onCompositionEnd?.();
    },
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (composing.current && isPlainInput(event)) {
        composing.current = false;
        onCompositionEnd?.();
      }
      const { value } = event.currentTarget;
      // What is pasted may hold line breaks, which one line has not.
      onChange(wraps ? value.replace(/\s*[\r\n]+\s*/g, " ") : value);
    },
  };
  if (multiline) return <Textarea {...shared} autosize minRows={2} maxRows={maxRows} />;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Enter" || isComposing(event) || !(onEnter ?? wraps)) return;
    event.preventDefault();
    onEnter?.();
  };
  if (wraps) return <Textarea {...shared} autosize minRows={1} maxRows={maxRows} onKeyDown={onKeyDown} />;
  return <TextInput {...shared} type={type} onKeyDown={onKeyDown} />;
}
