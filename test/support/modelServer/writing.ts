import { keptAttachments } from "./attachments";
import type { Database, StoredDocument, UserContext } from "./database";
import { documentText } from "./documentText";
import { Refusal } from "./exchange";
import type { IncomingDocument } from "./incomingDocument";
import { revisionHash } from "./revisionHash";
import { revOf, type Attachment, type Revision, type RevisionName, type RevisionTree } from "./revisionTree";
import { isDatabaseAdmin } from "./permissions";

interface RefusedRow {
  readonly id: string;
  /** Only with `new_edits: false`. */
  readonly rev?: string;
  readonly error: string;
  readonly reason: string;
}

export type WrittenRow = { readonly ok: true; readonly id: string; readonly rev: string } | RefusedRow;

/** A document whose id is settled. */
export interface NamedDocument extends IncomingDocument {
  readonly id: string;
}

const conflict = (id: string): RefusedRow => ({ id, error: "conflict", reason: "Document update conflict." });

/**
 * Writes documents one by one, each row for itself; rows come back in the order sent. With `newEdits` false the
 * revisions sent are merged into the trees, and only rows that were refused come back.
 */
export function writeDocuments(
  database: Database,
  user: UserContext,
  documents: readonly NamedDocument[],
  newEdits: boolean,
): WrittenRow[] {
  checkStubs(database, documents);
  const rows: (WrittenRow | null)[] = documents.map(() => null);
  const touched = new Set<StoredDocument>();
  for (const [at, document] of documents.entries()) {
    const row = document.id.startsWith("_local/")
      ? writeLocal(database, document)
      : newEdits
        ? edit(database, user, document, touched)
        : merge(database, user, document, touched);
    rows[at] = row;
  }
  // A document gets one number a batch, and documents get them in the order of their ids.
  for (const document of [...touched].sort((a, b) => (a.id < b.id ? -1 : 1)))
    database.shards[document.shard].touch(document);
  if (touched.size > 0) database.changed();
  return rows.filter((row) => row !== null);
}

function edit(
  database: Database,
  user: UserContext,
  document: NamedDocument,
  touched: Set<StoredDocument>,
): WrittenRow {
  const { id, rev, deleted, body } = document;
  const stored = database.documents.get(id);
  const refused = designRefusal(database, user, document);
  if (refused !== null) return refused;
  let parent: RevisionName | null = null;
  let before: Revision | null = null;
  if (stored === undefined || stored.tree.isEmpty) parent = rev;
  else {
    before = parentOf(stored.tree, rev, deleted);
    if (before === null) return conflict(id);
    parent = before;
  }
  const attachments = keptAttachments(
    id,
    document.attachments,
    before?.content?.attachments ?? [],
    (parent?.pos ?? 0) + 1,
    database.gzip,
  );
  const invalid = validationRefusal(database, user, document, before);
  if (invalid !== null) return invalid;
  const pos = (parent?.pos ?? 0) + 1;
  const hash = revisionHash(deleted, parent, body, attachments);
  const slot = database.slot(id);
  const known = before ?? (parent === null ? null : { ...parent, parent: null, deleted: false, content: null });
  if (slot.tree.find(`${pos}-${hash}`) !== undefined) return conflict(id);
  counted(database, slot, () => {
    if (before === null && known !== null)
      slot.tree.merge(pos, [hash, known.id], deleted, { text: document.text, attachments }, database.revsLimit);
    else
      slot.tree.add(
        { pos, id: hash, parent: known, deleted, content: { text: document.text, attachments } },
        database.revsLimit,
      );
  });
  touched.add(slot);
  return { ok: true, id, rev: `${pos}-${hash}` };
}

/** The live leaf an edit goes on from, or null if it conflicts. A tombstone is gone on from only without a rev. */
function parentOf(tree: RevisionTree, rev: RevisionName | null, deleted: boolean): Revision | null {
  if (rev === null) return tree.winner.deleted && !deleted ? tree.winner : null;
  const leaf = tree.leaf(revOf(rev));
  return leaf === undefined || leaf.deleted ? null : leaf;
}

function merge(
  database: Database,
  user: UserContext,
  document: NamedDocument,
  touched: Set<StoredDocument>,
): WrittenRow | null {
  const { id, rev, history, deleted } = document;
  const start = history?.start ?? rev?.pos;
  const ids = history?.ids ?? (rev === null ? [] : [rev.id]);
  if (start === undefined || ids.length === 0) {
    throw new Refusal(
      400,
      "bad_request",
      "When `new_edits: false`, the document needs `_rev` or `_revisions` specified",
    );
  }
  const name = `${start}-${ids[0]}`;
  const stored = database.documents.get(id);
  if (stored?.tree.find(name) !== undefined) return null;
  const old = stored === undefined || stored.tree.isEmpty ? null : stored.tree.winner;
  const refused = designRefusal(database, user, document) ?? validationRefusal(database, user, document, old);
  if (refused !== null) return { id, rev: name, error: refused.error, reason: refused.reason };
  const slot = database.slot(id);
  const attachments: Attachment[] = keptAttachments(
    id,
    document.attachments,
    old?.content?.attachments ?? [],
    start,
    database.gzip,
  );
  counted(database, slot, () =>
    slot.tree.merge(start, ids, deleted, { text: document.text, attachments }, database.revsLimit),
  );
  touched.add(slot);
  return null;
}

/** Changes a document's tree and keeps the database's counts of live and deleted documents right. */
export function counted(database: Database, document: StoredDocument, change: () => void): void {
  const count = (by: 1 | -1): void => {
    if (document.tree.isEmpty) return;
    if (document.tree.winner.deleted) database.deletedCount += by;
    else database.count += by;
  };
  count(-1);
  change();
  count(1);
}

function designRefusal(database: Database, user: UserContext, { id }: NamedDocument): RefusedRow | null {
  if (!id.startsWith("_design/") || isDatabaseAdmin(database.security, user)) return null;
  return { id, error: "forbidden", reason: "You are not a db or server admin." };
}

function validationRefusal(
  database: Database,
  user: UserContext,
  document: NamedDocument,
  before: Revision | null,
): RefusedRow | null {
  if (database.validations.length === 0 || document.id.startsWith("_design/")) return null;
  const { id, rev, deleted } = document;
  const sent = {
    _id: id,
    ...(rev !== null && { _rev: revOf(rev) }),
    ...(JSON.parse(`{${document.text}}`) as Record<string, unknown>),
    ...(deleted && { _deleted: true }),
  };
  const tree = database.documents.get(id)?.tree;
  const old = before === null || tree === undefined ? null : documentText(id, tree, before);
  for (const validate of database.validations) {
    try {
      const oldDocument = old === null ? null : (JSON.parse(old) as Record<string, unknown>);
      validate(sent, oldDocument, { ...user, db: database.name }, database.security);
    } catch (thrown) {
      return { id, ...refusalOf(thrown) };
    }
  }
  return null;
}

function refusalOf(thrown: unknown): { error: string; reason: string } {
  if (typeof thrown === "object" && thrown !== null) {
    if ("forbidden" in thrown) return { error: "forbidden", reason: String(thrown.forbidden) };
    if ("unauthorized" in thrown) return { error: "unauthorized", reason: String(thrown.unauthorized) };
    if ("plain" in thrown) return { error: "unknown_error", reason: String(thrown.plain) };
    if (thrown instanceof Error) return { error: thrown.name, reason: "{[]}" };
  }
  return { error: "unknown_error", reason: String(thrown) };
}

/** A stub of an attachment that is not there refuses the whole request before anything is written. */
function checkStubs(database: Database, documents: readonly NamedDocument[]): void {
  for (const { id, rev, attachments } of documents) {
    if (attachments.length === 0) continue;
    const tree = database.documents.get(id)?.tree;
    const before = rev === null ? undefined : tree?.find(revOf(rev));
    keptAttachments(id, attachments, before?.content?.attachments ?? [], 1, database.gzip);
  }
}

/** `_local` documents: any rev is taken, and the next is one more than whatever was sent. */
export function writeLocal(database: Database, document: NamedDocument): WrittenRow {
  const { id, rev, deleted, text } = document;
  if (rev !== null && (rev.pos !== 0 || !/^\d+$/.test(rev.id))) throw new Refusal(500, "error", "Invalid rev format");
  if (deleted) {
    if (!database.locals.delete(id)) throw new Refusal(404, "not_found", "missing");
    return { ok: true, id, rev: "0-0" };
  }
  const next = rev === null ? 1 : Number(rev.id) + 1;
  database.locals.set(id, { rev: next, content: { text, attachments: [] } });
  return { ok: true, id, rev: `0-${next}` };
}
