import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaId } from "../domain/ids";
import { areaId } from "../domain/records/area";
import type { AreaRow } from "../domain/rosterRow";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useEdit } from "../platform/useEdit";
import type { RecordForm } from "../platform/useRecordForm";
import { useRows } from "../platform/useRows";
import { PickMany, type Chosen } from "./PickMany";

/** Types of records that belong to areas. */
export const typesWithAreas = ["meeting", "organisation", "term"] as const;
export type TypeWithAreas = (typeof typesWithAreas)[number];

/** The subjects serve the glossary alone. */
export function areaKindsFor(type: string): readonly AreaRow["kind"][] {
  return type === "term" ? ["technical", "subject"] : ["technical"];
}

export interface AreasFieldProps<T extends TypeWithAreas> {
  readonly type: T;
  readonly form: RecordForm<T>;
  readonly description?: ReactNode;
}

/** The areas of a record (`areaIds`), by their names in the reader's language; two computers' choices join as a set. */
export function AreasField<T extends TypeWithAreas>({ type, form, description }: AreasFieldProps<T>): ReactNode {
  const { t } = useTranslation("lists");
  const edit = useEdit();
  const [language] = useLanguage();
  const ids = areaIdsOf(form);
  const rows = useRows(ids);
  const kinds = useMemo(() => areaKindsFor(type), [type]);

  const chosen = ids.map((id): Chosen => {
    const row = rows.get(id);
    const names = row ? rowNames(row, language) : null;
    // An area that is not here, of a colleague's newer list perhaps, shows its id, so that nothing is hidden.
    const name = names?.first ?? (row === null ? id : "…");
    return { key: id, id, name, content: <bdi lang={names?.firstLang}>{name}</bdi> };
  });
  const change = (op: "addMember" | "removeMember", value: string): void => {
    void edit(form.editOf([{ op, field: "areaIds", value }]));
  };

  return (
    <PickMany
      label={t("areas")}
      type="area"
      kinds={kinds}
      chosen={chosen}
      description={description}
      placeholder={t("addArea")}
      onAdd={(id) => {
        change("addMember", id);
      }}
      onRemove={(id) => {
        change("removeMember", id);
      }}
    />
  );
}

/** Those of the record, or those that one not stored yet is begun with. */
function areaIdsOf<T extends TypeWithAreas>({ record, preset }: RecordForm<T>): readonly AreaId[] {
  if (record !== null) return (record.data as { readonly areaIds: readonly AreaId[] }).areaIds;
  return preset.flatMap((change) => {
    const id = change.op === "addMember" && change.field === "areaIds" ? areaId.safeParse(change.value) : null;
    return id?.success ? [id.data] : [];
  });
}
