import { ActionIcon, Popover } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const Calendar = lazy(async () => ({ default: (await import("./Calendar")).Calendar }));

/** In a low window the calendar has no room above or below the field, and lies over it. */
const intoWindow = { flip: true, shift: { crossAxis: true, padding: 8 } };

export interface CalendarButtonProps {
  /** Name of the field that the day is for. */
  readonly field: string;
  /** `2026-11-24`, or null. */
  readonly day: string | null;
  readonly onChange: (day: string) => void;
}

/** Opens a month to choose a day from, beside the field that it fills. */
export function CalendarButton({ field, day, onChange }: CalendarButtonProps): ReactNode {
  const { t } = useTranslation("common");
  const describedBy = useId();
  const [open, setOpen] = useState(false);
  return (
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
        {/* The button's own name does not repeat the field's, so that the name finds the field alone. */}
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
          <span id={describedBy} hidden>
            {field}
          </span>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("chooseDate")}>
        <Suspense fallback={t("loading")}>
          <Calendar
            day={day}
            onChange={(chosen) => {
              onChange(chosen);
              setOpen(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
