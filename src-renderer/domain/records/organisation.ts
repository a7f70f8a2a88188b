import { z } from "zod";
import type { SearchText } from "../../language/filter";
import type { RecordKind } from "../recordKind";
import { areaId } from "./area";

export const levels = [
  "ministerial",
  "ministerial-agency",
  "provincial",
  "enterprise",
  "chinese-sdo",
  "non-chinese-sdo",
  "societal",
  "eu-efta",
  "platform",
] as const;
export const level = z.enum(levels);
export type Level = z.infer<typeof level>;

/** `parentId` (superior) and `hostId` (host of the secretariat) are two different relations. */
export const organisation = z.looseObject({
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  abbreviation: z.string().optional(),
  shortZh: z.array(z.string()).default([]),
  pinyin: z.string().optional(),
  level,
  parentId: z.templateLiteral(["organisation:", z.string().min(1)]).optional(),
  hostId: z.templateLiteral(["organisation:", z.string().min(1)]).optional(),
  /** As typed; only http and https addresses are opened. */
  website: z.string().optional(),
  /** A set. */
  areaIds: z.array(areaId).default([]),
  formerNames: z.array(z.looseObject({ id: z.string(), text: z.string() })).default([]),
  note: z.string().optional(),
  confidence: z.enum(["high", "medium"]).optional(),
});
export type Organisation = z.infer<typeof organisation>;

export const organisationKind = {
  v: 1,
  schema: organisation,
  upgrades: [],
  fields: {
    nameEn: "scalar",
    nameZh: "scalar",
    abbreviation: "scalar",
    shortZh: "set",
    pinyin: "scalar",
    level: "scalar",
    parentId: "scalar",
    hostId: "scalar",
    website: "scalar",
    areaIds: "set",
    formerNames: "list",
    note: "scalar",
    confidence: "scalar",
  },
  merge: "fields",
  // The most usual one; also of a change to a shipped organisation that no longer ships.
  empty: { level: "chinese-sdo" },
  deletable: true,
  order: (data) => levels.indexOf(data.level),
  links: (data) => [...[data.parentId, data.hostId].filter((id) => id !== undefined), ...data.areaIds],
  searchTexts: organisationTexts,
} as const satisfies RecordKind<typeof organisation>;

function organisationTexts(data: Organisation): readonly SearchText[] {
  const texts: SearchText[] = [];
  if (data.nameZh !== undefined) texts.push({ text: data.nameZh, kind: "zh", pinyin: data.pinyin });
  if (data.nameEn !== undefined) texts.push({ text: data.nameEn, kind: "latin" });
  if (data.abbreviation !== undefined) texts.push({ text: data.abbreviation, kind: "abbreviation" });
  for (const short of data.shortZh) texts.push({ text: short, kind: "zh" });
  for (const former of data.formerNames) texts.push({ text: former.text, kind: "plain" });
  return texts;
}
