import type { Change } from "../../domain/edit";
import type { OrganisationId } from "../../domain/ids";
import type { Level, Organisation } from "../../domain/records/organisation";

/**
 * What the fields of the organisation form show and what typing in them changes. A blank field is an absent value, never
 * an empty text.
 */
export type TextFieldName = "nameEn" | "nameZh" | "pinyin" | "abbreviation" | "website" | "note";
export type RelationName = "parentId" | "hostId";
export type FormerName = Organisation["formerNames"][number];

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

/**
 * An emptied first line keeps its place, so that the next does not move up under the typing hand and is overwritten by
 * what is typed next; an emptied further line leaves the list.
 */
export function changesForFormerName(itemId: string, text: string, isFirst: boolean): Change[] {
  if (text.trim() === "" && !isFirst) return [{ op: "removeItem", field: "formerNames", itemId }];
  return [{ op: "putItem", field: "formerNames", item: { id: itemId, text: textOrAbsent(text) ?? "" } }];
}

/** The lines to show: the stored ones, at least one, and one added on the form and still empty. */
export function formerNameLines(
  stored: readonly FormerName[],
  ids: { readonly first: string; readonly added: string | null },
): readonly FormerName[] {
  const lines = stored.length > 0 ? stored : [{ id: ids.first, text: "" }];
  const { added } = ids;
  return added === null || lines.some((line) => line.id === added) ? lines : [...lines, { id: added, text: "" }];
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
