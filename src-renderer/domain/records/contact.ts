import { z } from "zod";

/** A reading of the Chinese name. Only a proposed one is recomputed when the name changes. */
export const pinyin = z.object({ value: z.string(), source: z.enum(["proposed", "typed"]) });
export type Pinyin = z.infer<typeof pinyin>;

/** A person's place in an organisation; the first without `to` is the present one. */
export const post = z.looseObject({
  id: z.string(),
  organisationId: z.templateLiteral(["organisation:", z.string().min(1)]).optional(),
  department: z.string().optional(),
  title: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type Post = z.infer<typeof post>;

const listed = z.looseObject({ id: z.string(), value: z.string() });
export type Listed = z.infer<typeof listed>;

/**
 * A person. At least one name is wanted; a record without any is still stored (nothing typed is lost) and shown as
 * incomplete. Unknown fields are kept.
 */
export const contact = z.looseObject({
  nameZh: z.string().optional(),
  nameLatin: z.string().optional(),
  pinyin: pinyin.optional(),
  posts: z.array(post).default([]),
  emails: z.array(listed).default([]),
  phones: z.array(listed).default([]),
  wechat: z.string().optional(),
});
export type Contact = z.infer<typeof contact>;
