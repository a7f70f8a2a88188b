import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { readChinaDay } from "../domain/chinaTime";
import { CalendarButton } from "./CalendarButton";
import { useReadOnly } from "./readOnly";
import { TextField } from "./TextField";

/** A day written in full, which is taken without waiting for the field to be left. */
const whole = /^\d{4}-\d{2}-\d{2}$/;

export interface DayFieldProps {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  /** `2026-11-22`. */
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
  readonly description?: ReactNode;
  readonly autoFocus?: boolean;
}

/** A calendar day as text, with a calendar beside it. Text that is no day stays in the field and is named as such. */
export function DayField({ label, value, onChange, description, autoFocus = false }: DayFieldProps): ReactNode {
  const { t } = useTranslation("common");
  const readOnly = useReadOnly();
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const text = typed ?? value ?? "";
  const day = readChinaDay(text);

  function take(read: string | undefined): void {
    if (read !== value) onChange(read);
  }

  return (
    <TextField
      label={label}
      value={text}
      description={description}
      autoComplete="off"
      autoFocus={autoFocus}
      placeholder={t("day.example")}
      error={isLeft && text.trim() !== "" && day === null ? t("day.unreadable") : undefined}
      onChange={(next) => {
        setTyped(next);
        setIsLeft(false);
        if (whole.test(next) && readChinaDay(next) !== null) take(next);
      }}
      onBlur={() => {
        setIsLeft(true);
        if (text.trim() !== "" && day === null) return;
        setTyped(null);
        take(day ?? undefined);
      }}
      rightSection={
        !readOnly && (
          <CalendarButton
            field={label}
            day={day}
            onChange={(chosen) => {
              setTyped(null);
              take(chosen);
            }}
          />
        )
      }
    />
  );
}
