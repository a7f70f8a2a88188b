import { useState, type ReactNode } from "react";
import { asTyped } from "../i18n/formats";
import { CalendarButton } from "./CalendarButton";
import { useReadOnly } from "./readOnly";
import { TextField, type TextFieldProps } from "./TextField";

export interface DateTimeFieldProps extends Pick<
  TextFieldProps,
  | "label"
  | "value"
  | "onChange"
  | "onBlur"
  | "onCompositionStart"
  | "onCompositionEnd"
  | "failure"
  | "description"
  | "placeholder"
> {
  /** Reads what is typed, in China time: the instant, or null. */
  readonly parse: (text: string) => string | null;
  /** Shown once the field is left with text that cannot be read. The text stays. */
  readonly unreadable: string;
  /** Something else that is wrong, e.g. an end before the start. */
  readonly error?: string | undefined;
  /** Time of day for a day chosen while none was typed; `09:00` unless told. */
  readonly defaultTime?: string;
}

/** A date and time as text, in China time, with a calendar beside it. Nothing typed is ever replaced by a guess. */
export function DateTimeField(props: DateTimeFieldProps): ReactNode {
  const { label, value, onChange, onBlur, parse, unreadable, error, defaultTime = "09:00", ...rest } = props;
  const [focused, setFocused] = useState(false);
  const readOnly = useReadOnly();
  const instant = value.trim() === "" ? null : parse(value);
  const readable = value.trim() === "" || instant !== null;
  const [day, time] = instant === null ? [null, defaultTime] : (asTyped(instant).split(" ") as [string, string]);

  return (
    <div
      onFocus={(event) => {
        setFocused(event.target instanceof HTMLInputElement);
      }}
      onBlur={() => {
        setFocused(false);
      }}
    >
      <TextField
        {...rest}
        label={label}
        value={value}
        onChange={onChange}
        {...(onBlur ? { onBlur } : {})}
        autoComplete="off"
        error={readable || focused ? error : unreadable}
        rightSection={
          !readOnly && (
            <CalendarButton
              field={label}
              day={day}
              onChange={(chosen) => {
                onChange(`${chosen} ${time}`);
              }}
            />
          )
        }
      />
    </div>
  );
}
