import { z } from "zod";
import type { SearchText } from "../../language/filter";
import { MAX_ORDER, type RecordKind } from "../recordKind";

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

export const contactKind = {
  v: 1,
  schema: contact,
  upgrades: [],
  fields: {
    nameZh: "scalar",
    nameLatin: "scalar",
    pinyin: "reading",
    posts: "list",
    emails: "list",
    phones: "list",
    wechat: "scalar",
  },
  merge: "fields",
  empty: {},
  deletable: true,
  /** Contacts are ordered by name, which is the work of the roster. */
  order: () => MAX_ORDER,
  links: (data) => data.posts.flatMap((held) => held.organisationId ?? []),
  searchTexts: contactTexts,
} as const satisfies RecordKind<typeof contact>;

function contactTexts(data: Contact): readonly SearchText[] {
  const texts: SearchText[] = [];
  if (data.nameZh !== undefined) texts.push({ text: data.nameZh, kind: "zh-name", pinyin: data.pinyin?.value });
  else if (data.pinyin !== undefined) texts.push({ text: data.pinyin.value, kind: "latin" });
  if (data.nameLatin !== undefined) texts.push({ text: data.nameLatin, kind: "latin" });
  if (data.wechat !== undefined) texts.push({ text: data.wechat, kind: "plain" });
  for (const held of data.posts) {
    if (held.title !== undefined) texts.push({ text: held.title, kind: "plain" });
    if (held.department !== undefined) texts.push({ text: held.department, kind: "plain" });
  }
  for (const { value } of [...data.emails, ...data.phones]) texts.push({ text: value, kind: "plain" });
  return texts;
}
