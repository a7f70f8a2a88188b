import { z } from "zod";

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
  website: z.url().optional(),
  formerNames: z.array(z.looseObject({ id: z.string(), text: z.string() })).default([]),
  note: z.string().optional(),
  confidence: z.enum(["high", "medium"]).optional(),
});
export type Organisation = z.infer<typeof organisation>;
