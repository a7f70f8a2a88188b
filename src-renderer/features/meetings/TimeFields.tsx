import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatChinaTime } from "../../domain/chinaTime";
import type { RecordForm } from "../../platform/useRecordForm";
import { DateTimeField } from "../../ui/DateTimeField";
import { ZonePair } from "../../ui/ZonePair";
import { endsBeforeStart, proposedStart } from "./meetingForm";
import { useTimeField } from "./useTimeField";

/** Start and end in China time, with the clock in Brussels beside. Both are kept whatever they are. */
export function TimeFields({ form }: { readonly form: RecordForm<"meeting"> }): ReactNode {
  const { t } = useTranslation("meetings");
  const [proposed] = useState(() => proposedStart(Date.now()));
  const { parse: parseStart, ...starts } = useTimeField(form, "startsAt");
  const { parse: parseEnd, ...ends } = useTimeField(form, "endsAt");
  const startsAt = parseStart(starts.value) ?? undefined;
  const endsAt = parseEnd(ends.value) ?? undefined;

  const onBothClocks = (instant: string | undefined): ReactNode =>
    instant === undefined ? t("hint.chinaTime") : <ZonePair at={instant} />;

  return (
    <>
      <DateTimeField
        {...starts}
        label={t("field.starts")}
        parse={parseStart}
        unreadable={t("problem.unreadableTime")}
        placeholder={formatChinaTime(proposed) ?? ""}
        description={onBothClocks(startsAt)}
      />
      <DateTimeField
        {...ends}
        label={t("field.ends")}
        parse={parseEnd}
        unreadable={t("problem.unreadableTime")}
        error={endsBeforeStart({ startsAt, endsAt }) ? t("problem.endsBeforeStart") : undefined}
        description={onBothClocks(endsAt)}
      />
    </>
  );
}
