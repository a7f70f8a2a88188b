import { z } from "zod";
import type { SearchText } from "../../language/filter";
import type { RecordKind } from "../recordKind";

/** A calendar day without a time, `2026-11-22`. */
const day = z.iso.date();
export const areaId = z.templateLiteral(["area:", z.string().min(1)]);

/** A name that the area had; `until` is the last day of it, as far as known. */
export const formerAreaName = z.looseObject({
  id: z.string(),
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  until: day.optional(),
});

export const areaSubjects = ["technical", "subject"] as const;

/**
 * A technical area, or a `subject` that serves the glossary alone. The Steering Committee revises the list: an area is
 * renamed with a date or retired, never deleted, because old records name it.
 */
export const area = z.looseObject({
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  kind: z.enum(areaSubjects).default("technical"),
  parentId: areaId.optional(),
  validFrom: day.optional(),
  /** The last day; set when the area is retired. */
  validTo: day.optional(),
  /** The meeting that decided on the area as it is now. */
  decidedIn: z.templateLiteral(["meeting:", z.string().min(1)]).optional(),
  formerNames: z.array(formerAreaName).default([]),
  note: z.string().optional(),
});
export type Area = z.infer<typeof area>;

export const areaKind = {
  v: 1,
  schema: area,
  upgrades: [],
  fields: {
    nameEn: "scalar",
    nameZh: "scalar",
    kind: "scalar",
    parentId: "scalar",
    validFrom: "scalar",
    validTo: "scalar",
    decidedIn: "scalar",
    formerNames: "list",
    note: "scalar",
  },
  merge: "fields",
  empty: {},
  deletable: false,
  order: (data) => areaSubjects.indexOf(data.kind),
  links: (data) => [data.parentId, data.decidedIn].filter((id) => id !== undefined),
  searchTexts: areaTexts,
} as const satisfies RecordKind<typeof area>;

function areaTexts(data: Area): readonly SearchText[] {
  const texts: SearchText[] = [];
  if (data.nameEn !== undefined) texts.push({ text: data.nameEn, kind: "latin" });
  if (data.nameZh !== undefined) texts.push({ text: data.nameZh, kind: "zh" });
  for (const { nameEn, nameZh } of data.formerNames) {
    if (nameEn !== undefined) texts.push({ text: nameEn, kind: "latin" });
    if (nameZh !== undefined) texts.push({ text: nameZh, kind: "zh" });
  }
  return texts;
}
