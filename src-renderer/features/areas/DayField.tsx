import { ActionIcon, Popover } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/TextField";
import { readDay } from "./areaForm";

const Calendar = lazy(async () => ({ default: (await import("../../ui/Calendar")).Calendar }));

/** A day written in full, which is taken without waiting for the field to be left. */
const whole = /^\d{4}-\d{2}-\d{2}$/;

export interface DayFieldProps {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  /** `2026-11-22`. */
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
  readonly description?: ReactNode;
}

/** A calendar day as text, with a calendar beside it. Text that is no day stays in the field and is named as such. */
export function DayField({ label, value, onChange, description }: DayFieldProps): ReactNode {
  const { t } = useTranslation(["areas", "common"]);
  const describedBy = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const text = typed ?? value ?? "";
  const day = readDay(text);

  function take(read: string | undefined): void {
    if (read !== value) onChange(read);
  }

  return (
    <div>
      {/* The button's own name does not repeat the field's, so that the name finds the field alone. */}
      <span id={describedBy} hidden>
        {label}
      </span>
      <TextField
        label={label}
        value={text}
        description={description}
        autoComplete="off"
        placeholder={t("hint.day")}
        error={isLeft && text.trim() !== "" && day === null ? t("problem.unreadableDay") : undefined}
        onChange={(next) => {
          setTyped(next);
          setIsLeft(false);
          if (whole.test(next) && readDay(next) !== null) take(next);
        }}
        onBlur={() => {
          setIsLeft(true);
          if (text.trim() !== "" && day === null) return;
          setTyped(null);
          take(day ?? undefined);
        }}
        rightSection={
          <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md">
            <Popover.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("common:chooseDate")}
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
            <Popover.Dropdown aria-label={t("common:chooseDate")}>
              <Suspense fallback={t("common:loading")}>
                <Calendar
                  day={day}
                  onChange={(chosen) => {
                    setTyped(null);
                    take(chosen);
                    setOpen(false);
                  }}
                />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        }
      />
    </div>
  );
}
