import type { Change } from "../../domain/edit";
import type { FormStatus, Term, TermForm, TermLanguage } from "../../domain/records/term";

/**
 * What the fields of the term form show and what typing in them changes. A blank field is an absent value, never an
 * empty text; only a form of the term keeps its place when it is emptied.
 */
export type TermTextField = "abbreviation" | "definitionEn" | "definitionZh" | "note" | "source";
/** Fields of one form of the term. */
export type FormTextField = "text" | "pinyin" | "traditional" | "prefer" | "reason";
export type FormFields = Partial<Record<FormTextField, string>> & { readonly status?: OtherStatus };

/** Statuses of the forms beside the preferred one, from the best to the worst. */
export const otherStatuses = [
  "admitted",
  "caution",
  "deprecated",
  "forbidden",
] as const satisfies readonly FormStatus[];
export type OtherStatus = (typeof otherStatuses)[number];

/** Whether a form is to be avoided, so that one wants to know what to write instead. */
export function isAvoided(status: FormStatus): boolean {
  return status === "caution" || status === "deprecated" || status === "forbidden";
}

function textOrAbsent(text: string): string | undefined {
  return text.trim() === "" ? undefined : text;
}

export function changesForTermText(field: TermTextField, text: string): Change[] {
  return [{ op: "set", field, value: textOrAbsent(text) }];
}

/**
 * The form that the field of a language edits: the preferred one, also while it is emptied. An admitted form is never
 * taken for it, or correcting the field would change that one.
 */
export function mainForm(term: Pick<Term, "forms"> | null, language: TermLanguage): TermForm | undefined {
  const forms = term?.forms.filter((form) => form.language === language) ?? [];
  return forms.find(({ status }) => status === "preferred") ?? forms.find(({ id }) => id === language);
}

/** What the form of a language is stored with when its field is filled in first: one fixed id on every computer. */
export function newMainForm(language: TermLanguage): TermForm {
  return { id: language, language, status: "preferred", text: "" };
}

export function newOtherForm(language: TermLanguage, id: string): TermForm {
  return { id, language, status: "admitted", text: "" };
}

/** The forms beside the two preferred ones, the better ones first. */
export function otherForms(term: Pick<Term, "forms"> | null): readonly TermForm[] {
  const main = new Set([mainForm(term, "en")?.id, mainForm(term, "zh")?.id]);
  const rank = ({ status, language }: TermForm): number =>
    ["preferred", ...otherStatuses].indexOf(status) * 2 + (language === "en" ? 0 : 1);
  return (term?.forms ?? []).filter(({ id }) => !main.has(id)).sort((one, other) => rank(one) - rank(other));
}

/** The forms to be avoided that say something, the worst first: what one has to know before speaking. */
export function avoidedForms(term: Pick<Term, "forms">): readonly TermForm[] {
  return term.forms
    .filter(({ status, text }) => isAvoided(status) && text.trim() !== "")
    .sort(
      (one, other) =>
        otherStatuses.indexOf(other.status as OtherStatus) - otherStatuses.indexOf(one.status as OtherStatus),
    );
}

/**
 * Changes one form. `stored` is the form as it is in the notebook at this moment: of a form that is there only the given
 * fields are said, so that none typed meanwhile is set back; one that is not is stored as `begun` with them.
 */
export function changesForForm(stored: TermForm | undefined, begun: TermForm, fields: FormFields): Change[] {
  const given = Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [
      field,
      field === "text" && text.trim() === "" ? "" : textOrAbsent(text),
    ]),
  );
  return [{ op: "putItem", field: "forms", item: stored ? { id: stored.id, ...given } : { ...begun, ...given } }];
}

/**
 * Whether the pinyin was corrected by a person: it is there and is not what is proposed for the Chinese it belongs to.
 * Said by comparing instead of by a mark of its own, so that it holds for shipped terms as well.
 */
export function isCorrected(form: Pick<TermForm, "pinyin"> | undefined, proposal: string | undefined): boolean {
  const pinyin = form?.pinyin?.trim() ?? "";
  return pinyin !== "" && pinyin !== proposal;
}

/** Which language is still to be found; a term with one alone is kept. */
export function missingLanguage(term: { readonly en: string; readonly zh: string }): TermLanguage | "both" | null {
  const [en, zh] = [term.en.trim() !== "", term.zh.trim() !== ""];
  if (en && zh) return null;
  if (!en && !zh) return "both";
  return en ? "zh" : "en";
}
