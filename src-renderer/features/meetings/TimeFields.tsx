import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatChinaTime } from "../../domain/chinaTime";
import { brusselsTime } from "../../i18n/brusselsTime";
import { useLanguage } from "../../i18n/texts";
import type { RecordForm } from "../../platform/useRecordForm";
import { DateTimeField } from "../../ui/DateTimeField";
import { endsBeforeStart, proposedStart } from "./meetingForm";
import { useTimeField } from "./useTimeField";

/** Start and end in China time, with the clock in Brussels beside. Both are kept whatever they are. */
export function TimeFields({ form }: { readonly form: RecordForm<"meeting"> }): ReactNode {
  const { t } = useTranslation("meetings");
  const [language] = useLanguage();
  const [proposed] = useState(() => proposedStart(Date.now()));
  const { parse: parseStart, ...starts } = useTimeField(form, "startsAt");
  const { parse: parseEnd, ...ends } = useTimeField(form, "endsAt");
  const startsAt = parseStart(starts.value) ?? undefined;
  const endsAt = parseEnd(ends.value) ?? undefined;

  const inBrussels = (instant: string | undefined): string =>
    instant === undefined ? t("hint.chinaTime") : t("hint.brussels", { time: brusselsTime(instant, language) });

  return (
    <>
      <DateTimeField
        {...starts}
        label={t("field.starts")}
        parse={parseStart}
        unreadable={t("problem.unreadableTime")}
        placeholder={formatChinaTime(proposed) ?? ""}
        description={inBrussels(startsAt)}
      />
      <DateTimeField
        {...ends}
        label={t("field.ends")}
        parse={parseEnd}
        unreadable={t("problem.unreadableTime")}
        error={endsBeforeStart({ startsAt, endsAt }) ? t("problem.endsBeforeStart") : undefined}
        description={inBrussels(endsAt)}
      />
    </>
  );
}
