import { attachmentsText } from "./attachments";
import { ancestors, revOf, type Revision, type RevisionTree } from "./revisionTree";

/** What a reader wants to know beside the document's own fields. */
export interface Wanted {
  readonly revs?: boolean;
  readonly revsInfo?: boolean;
  readonly conflicts?: boolean;
  readonly deletedConflicts?: boolean;
  readonly attachments?: boolean;
}

/** A revision as JSON text, with the special fields in CouchDB's order. Its body must be known. */
export function documentText(id: string, tree: RevisionTree, revision: Revision, wanted: Wanted = {}): string {
  let text = `{"_id":${JSON.stringify(id)},"_rev":"${revOf(revision)}"`;
  const own = revision.content?.text ?? "";
  if (own !== "") text += `,${own}`;
  if (revision.deleted) text += ',"_deleted":true';
  if (wanted.revs === true) text += `,"_revisions":${revisionsText(revision)}`;
  for (const part of metaFields(tree, revision, wanted)) text += `,${part}`;
  const attachments = revision.content?.attachments ?? [];
  if (attachments.length > 0) text += `,${attachmentsText(attachments, wanted.attachments === true)}`;
  return `${text}}`;
}

/** The fields about other revisions; when there are any, CouchDB answers without an ETag. */
export function metaFields(tree: RevisionTree, revision: Revision, wanted: Wanted): string[] {
  const parts: string[] = [];
  if (wanted.revsInfo === true) {
    const infos = ancestors(revision).map((at) => ({ rev: revOf(at), status: statusOf(at) }));
    parts.push(`"_revs_info":${JSON.stringify(infos)}`);
  }
  if (wanted.conflicts === true) {
    const losers = tree.leaves.filter((leaf) => !leaf.deleted && leaf !== tree.winner);
    if (losers.length > 0) parts.push(`"_conflicts":${JSON.stringify(losers.map(revOf))}`);
  }
  if (wanted.deletedConflicts === true) {
    const losers = tree.leaves.filter((leaf) => leaf.deleted && leaf !== tree.winner);
    if (losers.length > 0) parts.push(`"_deleted_conflicts":${JSON.stringify(losers.map(revOf))}`);
  }
  return parts;
}

function statusOf(revision: Revision): string {
  if (revision.content === null) return "missing";
  return revision.deleted ? "deleted" : "available";
}

function revisionsText(revision: Revision): string {
  const ids = ancestors(revision).map(({ id }) => id);
  return `{"start":${revision.pos},"ids":${JSON.stringify(ids)}}`;
}

/** Leaves as `_bulk_get` orders them: against the order of the tree, roots by number and id. */
export function leavesAgainstTree(tree: RevisionTree): Revision[] {
  const path = (leaf: Revision): string =>
    ancestors(leaf)
      .reverse()
      .map(({ pos, id }) => `${String(pos).padStart(9, "0")}-${id}`)
      .join("/");
  return [...tree.leaves].sort((a, b) => (path(a) < path(b) ? 1 : -1));
}

/** Leaves as a GET with `open_revs=all` orders them: by number, then by id. */
export function leavesByName(tree: RevisionTree): Revision[] {
  return [...tree.leaves].sort((a, b) => a.pos - b.pos || (a.id < b.id ? -1 : 1));
}
