import { z } from "zod";
import type { SearchText } from "../../language/filter";
import type { RecordKind } from "../recordKind";
import { areaId } from "./area";

export const termLanguages = ["en", "zh"] as const;
export type TermLanguage = (typeof termLanguages)[number];

/**
 * Administrative status of a form, after ISO 30042 (preferred, admitted, deprecated) with two grades more: `forbidden` is
 * wrong, `caution` is right in another sense and calls for a hint only.
 */
export const formStatuses = ["preferred", "admitted", "caution", "deprecated", "forbidden"] as const;
export type FormStatus = (typeof formStatuses)[number];

/**
 * One form of a term. The preferred form of a language has the language as its id, so there is one, and two computers
 * that correct it correct the same item.
 */
export const termForm = z.looseObject({
  id: z.string(),
  language: z.enum(termLanguages),
  text: z.string(),
  status: z.enum(formStatuses),
  /** Of a Chinese form: tone marks, syllables spaced. */
  pinyin: z.string().optional(),
  /** The same words in traditional characters. */
  traditional: z.string().optional(),
  /** What to write instead of a form that is to be avoided, and why. */
  prefer: z.string().optional(),
  reason: z.string().optional(),
});
export type TermForm = z.infer<typeof termForm>;

/** One concept (ISO 30042) with its forms in both languages; either language may be missing. */
export const term = z.looseObject({
  forms: z.array(termForm).default([]),
  abbreviation: z.string().optional(),
  /** A set. */
  areaIds: z.array(areaId).default([]),
  definitionEn: z.string().optional(),
  definitionZh: z.string().optional(),
  /** Usage warning. */
  note: z.string().optional(),
  source: z.string().optional(),
});
export type Term = z.infer<typeof term>;

/** The preferred form of a language; the first admitted one where none is preferred. */
export function preferredForm(data: Pick<Term, "forms">, language: TermLanguage): TermForm | undefined {
  const forms = data.forms.filter((form) => form.language === language && form.text.trim() !== "");
  return (
    forms.find(({ status }) => status === "preferred") ?? forms.find(({ status }) => status === "admitted") ?? forms[0]
  );
}

/** Whether something is to be said before the term is used: a warning, or a form to avoid. */
export function warnsOf(data: Pick<Term, "forms" | "note">): boolean {
  return data.note !== undefined || data.forms.some(({ status }) => status !== "preferred" && status !== "admitted");
}

export const termKind = {
  v: 1,
  schema: term,
  upgrades: [],
  fields: {
    forms: "list",
    abbreviation: "scalar",
    areaIds: "set",
    definitionEn: "scalar",
    definitionZh: "scalar",
    note: "scalar",
    source: "scalar",
  },
  merge: "fields",
  empty: {},
  deletable: true,
  order: () => 0,
  links: (data) => data.areaIds,
  searchTexts: termTexts,
} as const satisfies RecordKind<typeof term>;

function termTexts(data: Term): readonly SearchText[] {
  const texts = data.forms.map(({ language, text, pinyin }): SearchText =>
    language === "zh" ? { text, kind: "zh", pinyin } : { text, kind: "latin" },
  );
  return data.abbreviation === undefined ? texts : [...texts, { text: data.abbreviation, kind: "abbreviation" }];
}
