import type { Gzip } from "./attachments";
import { RevisionTree, type Content } from "./revisionTree";
import { packSeq, type Positions } from "./sequence";
import { shardOf, type Shard } from "./shard";

export interface StoredDocument {
  readonly id: string;
  readonly shard: 0 | 1;
  /** Its place in its shard's feed; 0 before the first write and after a purge. */
  seq: number;
  readonly tree: RevisionTree;
}

export interface LocalDocument {
  /** N of `0-N`. */
  readonly rev: number;
  readonly content: Content;
}

export interface Security {
  readonly admins: { readonly names: readonly string[]; readonly roles: readonly string[] };
  readonly members: { readonly names: readonly string[]; readonly roles: readonly string[] };
}

export interface UserContext {
  readonly name: string | null;
  readonly roles: readonly string[];
}

/**
 * A design document's `validate_doc_update`, as a function of the test. It refuses by throwing `{ forbidden: text }` or
 * `{ unauthorized: text }`; a string or an Error is answered as CouchDB answers what a broken function throws.
 */
export type Validation = (
  newDocument: Readonly<Record<string, unknown>>,
  oldDocument: Readonly<Record<string, unknown>> | null,
  user: UserContext & { readonly db: string },
  security: Security,
) => void;

/** What a new database allows: its administrators alone (CouchDB's default since 3.0). */
export const defaultSecurity: Security = {
  admins: { names: [], roles: ["_admin"] },
  members: { names: [], roles: ["_admin"] },
};

/** One database: its files with all revisions, and what is set on it. What users may do is decided elsewhere. */
export class Database {
  readonly documents = new Map<string, StoredDocument>();
  readonly locals = new Map<string, LocalDocument>();
  readonly purges: { readonly id: string; readonly revs: readonly string[] }[] = [];
  security: Security = defaultSecurity;
  revsLimit = 1000;
  validations: readonly Validation[] = [];
  /** False once it was deleted: feeds that are open end. */
  exists = true;
  /** Live documents; kept by `recount`. */
  count = 0;
  deletedCount = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly name: string,
    /** Seconds since the epoch, as `instance_start_time` shows them. */
    readonly createdAt: number,
    readonly shards: readonly [Shard, Shard],
    readonly gzip: Gzip,
  ) {}

  /** The document of an id, made when it is not there; it is nowhere in the feed until its shard is told. */
  slot(id: string): StoredDocument {
    const there = this.documents.get(id);
    if (there !== undefined) return there;
    const made = { id, shard: shardOf(id), seq: 0, tree: RevisionTree.empty() };
    this.documents.set(id, made);
    return made;
  }

  get updateSeq(): string {
    return packSeq(this.positions);
  }

  get positions(): Positions {
    const [first, second] = this.shards;
    return [
      { seq: first.seq, uuid: first.uuid },
      { seq: second.seq, uuid: second.uuid },
    ];
  }

  setSecurity(security: Security): void {
    this.security = security;
    for (const shard of this.shards) shard.bump();
  }

  /** After something was written; those who wait for changes are told. */
  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Listeners left: none when no feed is open. */
  get openFeeds(): number {
    return this.listeners.size;
  }

  compact(): void {
    for (const document of this.documents.values()) document.tree.compact();
  }

  /** An equal database with the same files' identities, as a copy of the files is. */
  copy(): Database {
    const documents = new Map(
      [...this.documents].map(([id, document]) => [id, { ...document, tree: document.tree.copy() }]),
    );
    const [first, second] = this.shards;
    const copy = new Database(this.name, this.createdAt, [first.copy(documents), second.copy(documents)], this.gzip);
    for (const [id, document] of documents) copy.documents.set(id, document);
    for (const [id, local] of this.locals) copy.locals.set(id, local);
    copy.purges.push(...this.purges);
    copy.security = this.security;
    copy.revsLimit = this.revsLimit;
    copy.validations = this.validations;
    copy.count = this.count;
    copy.deletedCount = this.deletedCount;
    return copy;
  }
}
