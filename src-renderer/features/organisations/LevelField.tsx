import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { levels, level as levelSchema } from "../../domain/records/organisation";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { useReadOnly } from "../../ui/readOnly";
import { changesForLevel, presetOf } from "./organisationForm";

/** The level, under which the list shows an organisation that has no superior. */
export function LevelField({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const edit = useEdit();
  const readOnly = useReadOnly();
  const value = form.record ? form.record.data.level : presetOf(form.preset, "level");
  return (
    <Select
      label={t("levelLabel")}
      data={levels.map((each) => ({ value: each, label: t(`level.${each}`) }))}
      value={value ?? null}
      allowDeselect={false}
      readOnly={readOnly}
      maxDropdownHeight={320}
      onChange={(chosen) => {
        const level = levelSchema.safeParse(chosen);
        if (level.success && level.data !== value) void edit(form.editOf(changesForLevel(level.data)));
      }}
    />
  );
}
