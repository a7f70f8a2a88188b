import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import { isJsonObject, type JsonObject } from "../../domain/jsonValue";
import type { KeptPlace } from "../../domain/kept";
import type { AnyRecord } from "../../domain/record";
import type { RosterRow } from "../../domain/rosterRow";
import { shortOrganisationName } from "../../i18n/organisationName";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRow } from "../../platform/useRows";
import { useFieldLabel } from "../../ui/useFieldLabel";
import { usePartLabel } from "../../ui/usePartLabel";

/** What was changed, as the form names it, and of an item which one: `Job title, post at SAC`. */
export function PlaceName(props: {
  readonly place: KeptPlace;
  /** Null until it is read. */
  readonly record: AnyRecord | null;
  readonly type: RosterRow["type"];
}): ReactNode {
  const { place, record, type } = props;
  const { t } = useTranslation("review");
  const fieldLabel = useFieldLabel(type);
  const partLabel = usePartLabel();
  const name = useItemName(place, record);
  if (place.kind === "visibility") return fieldLabel("visibility");
  if (place.kind === "field") return fieldLabel(place.field);
  const named = partLabel(place.part);
  const part = named === "" ? fieldLabel(place.field) : named;
  if (name === "") return part;
  return place.field === "posts" ? t("partOfPost", { part, name }) : t("partOf", { part, name });
}

/** Parts by which an item is known, the first that says something. */
const naming = ["organisationId", "contactId", "text", "name", "value", "nameEn", "nameZh"] as const;

/** The name of the item at a place; empty where there is none, or where it is what was changed. */
function useItemName(place: KeptPlace, record: AnyRecord | null): string {
  const [language] = useLanguage();
  const item = place.kind === "item" && record ? itemOf(record, place) : undefined;
  const part = naming.find((each) => typeof item?.[each] === "string" && item[each] !== "");
  const value = part === undefined ? "" : String(item?.[part]);
  const isReference = part === "organisationId" || part === "contactId";
  const row = useRow(isReference ? (value as RecordId) : undefined);
  if (part === undefined || (place.kind === "item" && place.part === part)) return "";
  if (!isReference) return value;
  if (!row) return "";
  return row.type === "organisation" ? shortOrganisationName(row, language) : rowNames(row, language).first;
}

function itemOf(record: AnyRecord, place: Extract<KeptPlace, { kind: "item" }>): JsonObject | undefined {
  const data: JsonObject = record.data;
  const items = data[place.field];
  return Array.isArray(items) ? items.filter(isJsonObject).find(({ id }) => id === place.itemId) : undefined;
}
