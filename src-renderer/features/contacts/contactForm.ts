import type { Change } from "../../domain/edit";
import type { OrganisationId } from "../../domain/ids";
import { post, type Contact, type Pinyin, type Post } from "../../domain/records/contact";

/**
 * What the fields of the contact form show and what typing in them changes. A blank field is an absent value, never
 * an empty text.
 */
export type TextFieldName = "nameZh" | "nameLatin" | "wechat";

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
  const present = contact.posts.filter((each) => each.to === undefined);
  return present.find((each) => each.organisationId !== undefined || each.title !== undefined) ?? present[0];
}

/** The post that a new contact is begun with, when it is begun at an organisation. */
export function presetPost(preset: readonly Change[]): Post | undefined {
  for (const change of preset) {
    if (change.op !== "putItem" || change.field !== "posts") continue;
    const parsed = post.safeParse(change.item);
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

/** The post that the form fills in; a former one is never overwritten. */
export function postIdFor(contact: Contact | null, preset: readonly Change[], newId: () => string): string {
  const shown = contact ? presentPost(contact) : presetPost(preset);
  if (shown) return shown.id;
  const isTaken = contact?.posts.some((former) => former.id === firstPostId) ?? false;
  return isTaken ? newId() : firstPostId;
}

export function changesForOrganisation(postId: string, organisationId: OrganisationId | undefined): Change[] {
  return [{ op: "putItem", field: "posts", item: { id: postId, organisationId } }];
}

export function changesForJobTitle(postId: string, text: string): Change[] {
  return [{ op: "putItem", field: "posts", item: { id: postId, title: textOrAbsent(text) } }];
}

/** A contact wants a name in one of the two scripts. */
export function hasName(contact: Pick<Contact, "nameZh" | "nameLatin">): boolean {
  return Boolean(contact.nameZh?.trim() || contact.nameLatin?.trim());
}

/** Typing in the pinyin makes it the person's own; a blank one is absent. */
export function changesForPinyin(text: string, source: Pinyin["source"]): Change[] {
  const value = textOrAbsent(text);
  return [{ op: "set", field: "pinyin", value: value === undefined ? undefined : { value, source } }];
}
