import { ActionIcon, Popover } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asTyped } from "../i18n/formats";
import { useReadOnly } from "./readOnly";
import { TextField, type TextFieldProps } from "./TextField";

const Calendar = lazy(async () => ({ default: (await import("./Calendar")).Calendar }));

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

/** In a low window the calendar has no room above or below the field, and lies over it. */
const intoWindow = { flip: true, shift: { crossAxis: true, padding: 8 } };

/** A date and time as text, in China time, with a calendar beside it. Nothing typed is ever replaced by a guess. */
export function DateTimeField(props: DateTimeFieldProps): ReactNode {
  const { label, value, onChange, onBlur, parse, unreadable, error, defaultTime = "09:00", ...rest } = props;
  const { t } = useTranslation("common");
  const describedBy = useId();
  const [open, setOpen] = useState(false);
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
      {/* The button's own name does not repeat the field's, so that the name finds the field alone. */}
      <span id={describedBy} hidden>
        {label}
      </span>
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
            <Popover
              opened={open}
              onChange={setOpen}
              position="bottom-end"
              middlewares={intoWindow}
              trapFocus
              returnFocus
              shadow="md"
            >
              <Popover.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("chooseDate")}
                  aria-describedby={describedBy}
                  aria-haspopup="dialog"
                  aria-expanded={open}
                  onClick={() => {
                    setOpen((now) => !now);
                  }}
                >
                  <IconCalendar size={16} stroke={1.6} aria-hidden />
                </ActionIcon>
              </Popover.Target>
              <Popover.Dropdown aria-label={t("chooseDate")}>
                <Suspense fallback={t("loading")}>
                  <Calendar
                    day={day}
                    onChange={(chosen) => {
                      onChange(`${chosen} ${time}`);
                      setOpen(false);
                    }}
                  />
                </Suspense>
              </Popover.Dropdown>
            </Popover>
          )
        }
      />
    </div>
  );
}
