import { z } from "zod";
import type { ShippedType } from "../domain/ids";
import type { ShippedRecord } from "../domain/record";
import { recordKinds } from "../domain/recordKinds";
import { areaSubjects } from "../domain/records/area";
import { level } from "../domain/records/organisation";
import { termLanguages, type TermForm, type TermLanguage } from "../domain/records/term";

/** The entries of the shipped files, read into records. `resources/README.md` says what their fields mean. */

/** Undefined for an entry that cannot be read. */
export type EntryReader = (entry: unknown) => ShippedRecord | undefined;

const slug = z.string().min(1);

/** Shipped records have no author; this one stands for the app, at the time the first list was made. */
const AT = "2026-11-01T00:00:00.000Z";
const BY = { author: "author:qiao", device: "shipped" } as const;

function shipped<T extends ShippedType>(type: T, id: string) {
  return {
    id: `${type}:${id}`,
    type,
    v: recordKinds[type].v,
    createdAt: AT,
    createdBy: BY,
    updatedAt: AT,
    updatedBy: BY,
    visibility: "public",
  } as const;
}

const organisationEntry = z.object({
  id: slug,
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  abbreviation: z.string().optional(),
  shortZh: z.array(z.string()).default([]),
  pinyin: z.string().optional(),
  level,
  parentId: slug.optional(),
  hostId: slug.optional(),
  website: z.string().optional(),
  formerNames: z.array(z.string()).default([]),
  note: z.string().optional(),
  confidence: z.enum(["high", "medium"]).optional(),
});

export const readOrganisation: EntryReader = (entry) => {
  const parsed = organisationEntry.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, parentId, hostId, formerNames, ...fields } = parsed.data;
  return {
    ...shipped("organisation", id),
    data: {
      ...fields,
      ...(parentId === undefined ? {} : { parentId: `organisation:${parentId}` as const }),
      ...(hostId === undefined ? {} : { hostId: `organisation:${hostId}` as const }),
      areaIds: [],
      // The place in the list would change with the next list; the name itself is what stays.
      formerNames: [...new Set(formerNames)].map((text) => ({ id: `former:${text}`, text })),
    },
  };
};

const areaEntry = z.object({
  id: slug,
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  kind: z.enum(areaSubjects).default("technical"),
  parentId: slug.optional(),
});

export const readArea: EntryReader = (entry) => {
  const parsed = areaEntry.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, parentId, ...fields } = parsed.data;
  return {
    ...shipped("area", id),
    data: {
      ...fields,
      ...(parentId === undefined ? {} : { parentId: `area:${parentId}` as const }),
      formerNames: [],
    },
  };
};

const forms = z.array(z.string().min(1)).default([]);
const termEntry = z.object({
  id: slug,
  en: forms,
  zh: forms,
  zhHant: z.string().optional(),
  pinyin: z.string().optional(),
  abbreviation: z.string().optional(),
  area: slug.optional(),
  definitionEn: z.string().optional(),
  definitionZh: z.string().optional(),
  note: z.string().optional(),
  source: z.string().optional(),
  avoid: z
    .array(
      z.object({
        lang: z.enum(termLanguages),
        form: z.string().min(1),
        prefer: z.string(),
        reason: z.string(),
        strength: z.enum(["caution", "deprecated", "forbidden"]),
      }),
    )
    .default([]),
});

export const readTerm: EntryReader = (entry) => {
  const parsed = termEntry.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, en, zh, zhHant, pinyin, area, avoid, ...fields } = parsed.data;
  const [preferredZh] = formsOf("zh", zh.slice(0, 1));
  const byId = new Map<string, TermForm>();
  for (const form of [
    ...formsOf("en", en),
    ...(preferredZh ? [{ ...preferredZh, ...present({ pinyin, traditional: zhHant }) }] : []),
    ...formsOf("zh", zh).slice(1),
    // After the synonyms, so that one that is to be avoided stands there as such and not as admitted.
    ...avoid.map(({ lang, form, strength, prefer, reason }) => ({
      id: `${lang}:${form}`,
      language: lang,
      text: form,
      status: strength,
      prefer,
      reason,
    })),
  ]) {
    byId.set(form.id, form);
  }
  return {
    ...shipped("term", id),
    data: { ...fields, forms: [...byId.values()], areaIds: area === undefined ? [] : [`area:${area}`] },
  };
};

/** The first form of a language is the preferred one, the others are synonyms, named by their own text. */
function formsOf(language: TermLanguage, texts: readonly string[]): readonly TermForm[] {
  return texts.map((text, index) =>
    index === 0
      ? { id: language, language, text, status: "preferred" }
      : { id: `${language}:${text}`, language, text, status: "admitted" },
  );
}

function present<Fields extends Readonly<Record<string, string | undefined>>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
