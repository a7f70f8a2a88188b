import type { Change } from "../../domain/edit";
import type { OrganisationId } from "../../domain/ids";
import type { Contact, Listed, Pinyin, Post } from "../../domain/records/contact";

/**
 * What the fields of the contact form show and what typing in them changes. A blank field is an absent value, never
 * an empty text.
 */
export type TextFieldName = "nameZh" | "nameLatin" | "wechat";
export type ListFieldName = "emails" | "phones";

function textOrAbsent(text: string): string | undefined {
  return text.trim() === "" ? undefined : text;
}

export function changesForText(field: TextFieldName, text: string): Change[] {
  return [{ op: "set", field, value: textOrAbsent(text) }];
}

/**
 * The first post has one fixed id: when two computers fill in the organisation and the job title of the same contact
 * offline, both land in one post instead of in two.
 */
const firstPostId = "first";

/** The post on the form: the first without an end that says something, or else the first without an end. */
export function presentPost(contact: Contact): Post | undefined {
  const present = contact.posts.filter((post) => post.to === undefined);
  return present.find((post) => post.organisationId !== undefined || post.title !== undefined) ?? present[0];
}

function postIdFor(contact: Contact | null, newId: () => string): string {
  const present = contact ? presentPost(contact) : undefined;
  if (present) return present.id;
  const isTaken = contact?.posts.some((post) => post.id === firstPostId) ?? false;
  return isTaken ? newId() : firstPostId;
}

export function changesForOrganisation(
  contact: Contact | null,
  organisationId: OrganisationId | null,
  newId: () => string,
): Change[] {
  const item = { id: postIdFor(contact, newId), organisationId: organisationId ?? undefined };
  return [{ op: "putItem", field: "posts", item }];
}

export function changesForJobTitle(contact: Contact | null, text: string, newId: () => string): Change[] {
  return [{ op: "putItem", field: "posts", item: { id: postIdFor(contact, newId), title: textOrAbsent(text) } }];
}

/**
 * An emptied line leaves the list only when it is the only one: otherwise the next line would move up under the
 * typing hand, and be overwritten by what is typed next.
 */
export function changesForListed(
  contact: Contact | null,
  field: ListFieldName,
  itemId: string,
  text: string,
): Change[] {
  if (text.trim() !== "") return [{ op: "putItem", field, item: { id: itemId, value: text } }];
  const others = contact?.[field].filter((item) => item.id !== itemId) ?? [];
  if (others.length === 0) return [{ op: "removeItem", field, itemId }];
  return [{ op: "putItem", field, item: { id: itemId, value: "" } }];
}

/** The lines to show: at least one. `spareId` is the id a first line will have. */
export function linesOf(contact: Contact | null, field: ListFieldName, spareId: string): readonly Listed[] {
  const items = contact?.[field] ?? [];
  return items.length > 0 ? items : [{ id: spareId, value: "" }];
}

/** A contact wants a name in one of the two scripts. */
export function hasName(contact: Pick<Contact, "nameZh" | "nameLatin">): boolean {
  return Boolean(contact.nameZh?.trim() || contact.nameLatin?.trim());
}

/** Typing in the pinyin makes it the person's own; emptying it asks for the proposal again. */
export function changesForPinyin(text: string, proposal: string | undefined): Change[] {
  const typed = textOrAbsent(text);
  if (typed !== undefined) return [{ op: "set", field: "pinyin", value: { value: typed, source: "typed" } }];
  return proposedPinyin(proposal);
}

/** What a newly proposed reading changes: nothing when the stored one was typed or is the same. */
export function changesForProposal(stored: Pinyin | undefined, proposal: string | undefined): Change[] {
  if (stored?.source === "typed" || stored?.value === proposal) return [];
  return proposedPinyin(proposal);
}

function proposedPinyin(proposal: string | undefined): Change[] {
  const value = proposal === undefined || proposal === "" ? undefined : { value: proposal, source: "proposed" };
  return [{ op: "set", field: "pinyin", value }];
}
