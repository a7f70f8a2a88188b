import { hash } from "../../src-renderer/domain/hash";
import type { Answered, Asked, FuzzServer } from "./fuzzServer";

interface Revision {
  readonly rev: string;
  readonly parent: string | undefined;
  readonly isDeleted: boolean;
  /** Undefined once it was compacted away. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

interface Document {
  readonly revisions: ReadonlyMap<string, Revision>;
  readonly seq: number;
}

interface Database {
  readonly documents: Map<string, Document>;
  readonly locals: Map<string, { readonly rev: number; readonly fields: object }>;
  seq: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** The little of CouchDB that the engine asks for, with its revision trees. */
export class SmallServer implements FuzzServer {
  #database: Database = { documents: new Map(), locals: new Map(), seq: 0 };

  snapshot(): Database {
    const { documents, locals, seq } = this.#database;
    return { documents: new Map(documents), locals: new Map(locals), seq };
  }

  restore(snapshot: unknown): void {
    const { documents, locals, seq } = snapshot as Database;
    this.#database = { documents: new Map(documents), locals: new Map(locals), seq };
  }

  recreate(): void {
    this.#database = { documents: new Map(), locals: new Map(), seq: 0 };
  }

  compact(): void {
    for (const [id, document] of this.#database.documents) {
      const leaves = new Set(leavesOf(document).map(({ rev }) => rev));
      const revisions = [...document.revisions].map(
        ([rev, revision]) => [rev, leaves.has(rev) ? revision : { ...revision, fields: undefined }] as const,
      );
      this.#database.documents.set(id, { ...document, revisions: new Map(revisions) });
    }
  }

  handle({ method, path, query, body }: Asked): Promise<Answered> {
    const sent: unknown = body === undefined ? {} : JSON.parse(body);
    if (path === "") return json(200, { db_name: "notebook", doc_count: this.#alive() });
    if (path === "_bulk_docs") return json(201, this.#write(sent as { docs: Fields[]; new_edits?: boolean }));
    if (path === "_all_docs") return json(200, { rows: (sent as { keys: string[] }).keys.map((id) => this.#row(id)) });
    if (path === "_changes") return json(200, this.#changes(query));
    if (path.startsWith("_local/")) return this.#local(method, path, sent as object);
    return this.#read(path, query);
  }

  #alive(): number {
    return [...this.#database.documents.values()].filter((document) => !winnerOf(document).isDeleted).length;
  }

  #write({ docs, new_edits: isNew = true }: { docs: Fields[]; new_edits?: boolean }): unknown[] {
    const rows = docs.map((doc) => (isNew ? this.#edit(doc) : this.#replicate(doc)));
    return isNew ? rows : [];
  }

  #edit(doc: Fields): unknown {
    const id = String(doc["_id"]);
    const document = this.#database.documents.get(id);
    const sentRev = typeof doc["_rev"] === "string" ? doc["_rev"] : undefined;
    const winner = document && winnerOf(document);
    const parent = sentRev ?? (winner?.isDeleted ? winner.rev : undefined);
    const isLeaf = parent !== undefined && document && leavesOf(document).some(({ rev }) => rev === parent);
    if ((parent !== undefined || winner) && !isLeaf)
      return { id, error: "conflict", reason: "Document update conflict." };
    const rev = `${parent === undefined ? 1 : generation(parent) + 1}-${digest(parent, doc)}`;
    this.#add(id, { rev, parent, isDeleted: doc["_deleted"] === true, fields: ownFields(doc) });
    return { ok: true, id, rev };
  }

  #replicate(doc: Fields): void {
    const { start, ids } = doc["_revisions"] as { start: number; ids: string[] };
    const path = ids.map((one, index) => `${start - index}-${one}`);
    const [rev = ""] = path;
    for (const [index, one] of path.slice(1).entries()) {
      const document = this.#database.documents.get(String(doc["_id"]));
      if (document?.revisions.has(one)) continue;
      this.#add(String(doc["_id"]), { rev: one, parent: path[index + 2], isDeleted: false, fields: undefined });
    }
    this.#add(String(doc["_id"]), { rev, parent: path[1], isDeleted: false, fields: ownFields(doc) });
  }

  #add(id: string, revision: Revision): void {
    const before = this.#database.documents.get(id);
    this.#database.seq += 1;
    const revisions = new Map(before?.revisions).set(revision.rev, revision);
    this.#database.documents.set(id, { revisions, seq: this.#database.seq });
  }

  #row(id: string): unknown {
    const document = this.#database.documents.get(id);
    if (!document) return { key: id, error: "not_found" };
    const winner = winnerOf(document);
    if (winner.isDeleted) return { id, key: id, value: { rev: winner.rev, deleted: true }, doc: null };
    return { id, key: id, value: { rev: winner.rev }, doc: shown(id, document, winner) };
  }

  #changes(query: Asked["query"]): unknown {
    const since = Number(query["since"] ?? 0);
    const all = [...this.#database.documents].filter(([, { seq }]) => seq > since);
    all.sort(([, a], [, b]) => (query["descending"] === true ? b.seq - a.seq : a.seq - b.seq));
    const page = all.slice(0, Number(query["limit"] ?? all.length));
    const results = page.map(([id, document]) => {
      const winner = winnerOf(document);
      const seq = String(document.seq);
      return { seq, id, changes: [{ rev: winner.rev }], deleted: winner.isDeleted, doc: shown(id, document, winner) };
    });
    const last = page.at(-1)?.[1].seq ?? Math.max(since, this.#database.seq);
    return { results, last_seq: String(last), pending: all.length - page.length };
  }

  #local(method: string, path: string, sent: object): Promise<Answered> {
    const found = this.#database.locals.get(path);
    if (method === "PUT") {
      const rev = (found?.rev ?? 0) + 1;
      const { _rev: _, ...fields } = sent as { _rev?: string };
      this.#database.locals.set(path, { rev, fields });
      return json(201, { ok: true, id: path, rev: `0-${rev}` });
    }
    if (!found) return json(404, { error: "not_found", reason: "missing" });
    return json(200, { _id: path, _rev: `0-${found.rev}`, ...found.fields });
  }

  #read(id: string, query: Asked["query"]): Promise<Answered> {
    const document = this.#database.documents.get(id);
    if (!document) return json(404, { error: "not_found", reason: "missing" });
    if (query["open_revs"] !== undefined) {
      const wanted = JSON.parse(String(query["open_revs"])) as string[];
      const found = wanted.flatMap((rev) => document.revisions.get(rev) ?? []);
      return json(
        200,
        found.map((revision) => ({ ok: { ...shown(id, document, revision), _revisions: past(document, revision) } })),
      );
    }
    const revision = query["rev"] === undefined ? winnerOf(document) : document.revisions.get(String(query["rev"]));
    if (!revision?.fields) return json(404, { error: "not_found", reason: "missing" });
    const revisions = query["revs"] === true ? { _revisions: past(document, revision) } : {};
    return json(200, { ...shown(id, document, revision), ...revisions });
  }
}

function json(status: number, body: unknown): Promise<Answered> {
  return Promise.resolve({ status, body: JSON.stringify(body) });
}

function ownFields({ _id: _, _rev: __, _revisions: ___, ...fields }: Fields): Fields {
  return fields;
}

function digest(parent: string | undefined, doc: Fields): string {
  const text = JSON.stringify([parent, ownFields(doc)]);
  return `${hash(text)}${hash(`${text} `)}`;
}

function generation(rev: string): number {
  return Number(rev.slice(0, rev.indexOf("-")));
}

function leavesOf({ revisions }: Document): readonly Revision[] {
  const parents = new Set([...revisions.values()].map(({ parent }) => parent));
  return [...revisions.values()].filter(({ rev }) => !parents.has(rev));
}

/** Alive before deleted, then the longest history, then the higher digest. */
function winnerOf(document: Document): Revision {
  const [winner] = [...leavesOf(document)].sort(
    (a, b) =>
      Number(a.isDeleted) - Number(b.isDeleted) || generation(b.rev) - generation(a.rev) || (a.rev < b.rev ? 1 : -1),
  );
  if (!winner) throw new Error("a document without leaves");
  return winner;
}

function shown(id: string, document: Document, { rev, fields, isDeleted }: Revision): Fields {
  const others = leavesOf(document).filter((leaf) => leaf.rev !== rev && !leaf.isDeleted);
  return {
    _id: id,
    _rev: rev,
    ...fields,
    ...(isDeleted ? { _deleted: true } : {}),
    ...(others.length > 0 ? { _conflicts: others.map((leaf) => leaf.rev) } : {}),
  };
}

function past(document: Document, revision: Revision): { readonly start: number; readonly ids: readonly string[] } {
  const ids: string[] = [];
  for (let one: Revision | undefined = revision; one; one = one.parent ? document.revisions.get(one.parent) : undefined)
    ids.push(one.rev.slice(one.rev.indexOf("-") + 1));
  return { start: generation(revision.rev), ids };
}
