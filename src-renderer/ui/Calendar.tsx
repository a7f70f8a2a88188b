import { DatePicker } from "@mantine/dates";
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/zh-cn";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/texts";

export interface CalendarProps {
  /** `2026-11-24`, or null. */
  readonly day: string | null;
  readonly onChange: (day: string) => void;
}

/** A month to choose a day from; loaded when first opened. */
export function Calendar({ day, onChange }: CalendarProps): ReactNode {
  const { t } = useTranslation("common");
  const [language] = useLanguage();
  return (
    <DatePicker
      size="sm"
      locale={language === "en" ? "en" : "zh-cn"}
      firstDayOfWeek={1}
      hideOutsideDates
      ariaLabels={{
        previousMonth: t("earlier"),
        nextMonth: t("later"),
        previousYear: t("earlier"),
        nextYear: t("later"),
        previousDecade: t("earlier"),
        nextDecade: t("later"),
      }}
      monthLabelFormat={language === "en" ? "MMMM YYYY" : "YYYY年M月"}
      yearLabelFormat={language === "en" ? "YYYY" : "YYYY年"}
      value={day}
      {...(day === null ? {} : { defaultDate: day })}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    />
  );
}
