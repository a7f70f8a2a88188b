import type { Change } from "../../domain/edit";
import type { OrganisationId } from "../../domain/ids";
import type { Level, Organisation } from "../../domain/records/organisation";

/**
 * What the fields of the organisation form show and what typing in them changes. A blank field is an absent value, never
 * an empty text.
 */
export type TextFieldName = "nameEn" | "nameZh" | "pinyin" | "abbreviation" | "website" | "note";
export type RelationName = "parentId" | "hostId";

function textOrAbsent(text: string): string | undefined {
  return text.trim() === "" ? undefined : text;
}

export function changesForText(field: TextFieldName, text: string): Change[] {
  return [{ op: "set", field, value: textOrAbsent(text) }];
}

export function changesForRelation(field: RelationName, id: OrganisationId | undefined): Change[] {
  return [{ op: "set", field, value: id }];
}

export function changesForLevel(level: Level): Change[] {
  return [{ op: "set", field: "level", value: level }];
}

/** What a new organisation holds before anything is typed; `below` is the superior it is begun under. */
export function begunWith(level: Level, below?: OrganisationId): Change[] {
  const changes = changesForLevel(level);
  return below === undefined ? changes : [...changes, ...changesForRelation("parentId", below)];
}

/** The likely level of a body below one of this level: what ministries have below them are their agencies. */
export function levelBelow(level: Level): Level {
  return level === "ministerial" ? "ministerial-agency" : level;
}

/** A value of the form while nothing is stored: what the new organisation is begun with. */
export function presetOf<Field extends "level" | "parentId">(
  preset: readonly Change[],
  field: Field,
): Organisation[Field] | undefined {
  const change = preset.find((each) => each.op === "set" && each.field === field);
  return change?.op === "set" ? (change.value as Organisation[Field]) : undefined;
}

/** An organisation wants a name in one of the two languages. */
export function hasName(names: { readonly nameEn: string; readonly nameZh: string }): boolean {
  return names.nameEn.trim() !== "" || names.nameZh.trim() !== "";
}

/** The short forms as one line of text, as Chinese lists them. */
export function shortFormsText(shortForms: readonly string[]): string {
  return shortForms.join("、");
}

/** The short forms in a line of typing, parted by any comma, semicolon or line break, each once. */
export function shortFormsIn(text: string): string[] {
  const forms = text.split(/[、，,；;\r\n]+/u).map((form) => form.trim());
  return [...new Set(forms)].filter((form) => form !== "");
}

/**
 * Takes away what has been on this form and is no longer in the text (also what was saved half typed), and adds what is
 * in it. What another computer added meanwhile is neither and stays.
 */
export function changesForShortForms(seen: ReadonlySet<string>, text: string): Change[] {
  const wanted = shortFormsIn(text);
  return [
    ...[...seen]
      .filter((form) => !wanted.includes(form))
      .map((value): Change => ({ op: "removeMember", field: "shortZh", value })),
    ...wanted.map((value): Change => ({ op: "addMember", field: "shortZh", value })),
  ];
}

/** The address that the website's link opens; undefined for what is no http or https address. */
export function openableUrl(website: string): string | undefined {
  const url = URL.parse(website.trim());
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
}

/**
 * Whether a reading is the one proposed for a name and so follows it. Spaces and case do not count: the shipped list
 * writes them in its own way.
 */
export function isProposed(pinyin: string | undefined, proposal: string | undefined): boolean {
  if (pinyin === undefined) return true;
  const plain = (text: string): string => text.replace(/\s+/g, "").toLowerCase();
  return proposal !== undefined && plain(pinyin) === plain(proposal);
}
