import type { Change } from "../../domain/edit";
import type { AreaId, MeetingId } from "../../domain/ids";
import type { Area } from "../../domain/records/area";

/** What the fields of the area form show and what they change. A blank field is an absent value, never an empty text. */
export type AreaTextField = "nameEn" | "nameZh" | "note";

function textOrAbsent(text: string): string | undefined {
  return text.trim() === "" ? undefined : text;
}

export function changesForText(field: AreaTextField, text: string): Change[] {
  return [{ op: "set", field, value: textOrAbsent(text) }];
}

export function changesForSuperior(superior: AreaId | undefined): Change[] {
  return [{ op: "set", field: "parentId", value: superior }];
}

export function changesForDecision(meeting: MeetingId | undefined): Change[] {
  return [{ op: "set", field: "decidedIn", value: meeting }];
}

export function changesForDay(field: "validFrom" | "validTo", day: string | undefined): Change[] {
  return [{ op: "set", field, value: day }];
}

/** The calendar day before a day. */
export function dayBefore(day: string): string {
  const before = new Date(`${day}T00:00:00.000Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}

export interface NewName {
  readonly nameEn: string;
  readonly nameZh: string;
  /** The first day of it. */
  readonly from: string;
}

/**
 * Renames an area from a date in one edit: what it was called stays as a former name, with its last day. Null where the
 * new name is none, or is the present one.
 */
export function changesForRenaming(area: Pick<Area, "nameEn" | "nameZh">, name: NewName, id: string): Change[] | null {
  const nameEn = textOrAbsent(name.nameEn);
  const nameZh = textOrAbsent(name.nameZh);
  if (nameEn === undefined && nameZh === undefined) return null;
  if (nameEn === area.nameEn && nameZh === area.nameZh) return null;
  const former = { id, nameEn: area.nameEn, nameZh: area.nameZh, until: dayBefore(name.from) };
  return [
    { op: "putItem", field: "formerNames", item: former },
    { op: "set", field: "nameEn", value: nameEn },
    { op: "set", field: "nameZh", value: nameZh },
  ];
}
