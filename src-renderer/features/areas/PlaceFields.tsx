import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useNotebookSession } from "../../platform/notebook";
import { useEdit } from "../../platform/useEdit";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { DayField } from "../../ui/DayField";
import { PickOne } from "../../ui/PickOne";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { TextField } from "../../ui/TextField";
import { changesForDay, changesForDecision, changesForSuperior, changesForText } from "./areaForm";

/** Where the area stands, since when, by which decision, and what else is to be said. */
export function PlaceFields({ form }: { readonly form: RecordForm<"area"> }): ReactNode {
  const { t } = useTranslation("areas");
  const edit = useEdit();
  const area = form.record?.data;
  const note = useFormField(form, {
    field: "note",
    value: area?.note ?? "",
    changes: (text) => changesForText("note", text),
  });
  return (
    <FieldGroup>
      <SuperiorField form={form} />
      <PickOne
        label={t("field.decidedIn")}
        type="meeting"
        value={area?.decidedIn}
        placeholder={t("hint.decidedIn")}
        onChange={(meeting) => {
          if (form.record === null && meeting === undefined) return;
          void edit(form.editOf(changesForDecision(meeting)));
        }}
      />
      <DayField
        label={t("field.validFrom")}
        value={area?.validFrom}
        onChange={(day) => {
          if (form.record === null && day === undefined) return;
          void edit(form.editOf(changesForDay("validFrom", day)));
        }}
      />
      <Wide>
        <TextField {...note} label={t("field.note")} multiline />
      </Wide>
    </FieldGroup>
  );
}

/** The area above this one. A choice that would close a circle is refused in words, and the one before stands again. */
function SuperiorField({ form }: { readonly form: RecordForm<"area"> }): ReactNode {
  const { t } = useTranslation("areas");
  const { edits } = useNotebookSession();
  const edit = useEdit();
  const failureText = useSaveFailureText();
  const [refused, setRefused] = useState<SaveFailure | null>(null);
  const { id } = form;
  const without = useMemo(() => new Set([id]), [id]);
  const kinds = useMemo(() => [form.record?.data.kind ?? "technical"] as const, [form.record?.data.kind]);

  async function choose(superior: AreaId | undefined): Promise<void> {
    setRefused(null);
    if (form.record === null && superior === undefined) return;
    const changed = await edit(form.editOf(changesForSuperior(superior)));
    if (changed.ok || changed.failure.kind !== "circle") return;
    setRefused(changed.failure);
    // The choice before stands again, so nothing is left unsaved.
    edits.dismiss(id);
  }

  return (
    <PickOne
      label={t("field.superior")}
      type="area"
      kinds={kinds}
      without={without}
      value={form.record?.data.parentId}
      placeholder={t("hint.superior")}
      onChange={(next) => void choose(next)}
      error={refused ? failureText(refused) : undefined}
    />
  );
}
