import { present } from "./present";
/** One revision of a document. Nodes are never changed once they have a body, so copies of a tree may share them. */
export interface Revision {
  readonly pos: number;
  readonly id: string;
  readonly parent: Revision | null;
  readonly deleted: boolean;
  /** Null when only the number is known: from `_revisions`, or after compaction. */
  readonly content: Content | null;
}

export interface Content {
  /** The document's own fields as JSON text without the braces. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly revpos: number;
  /** Base64, as sent. */
  readonly data: string;
  readonly length: number;
  readonly md5: Uint8Array;
  readonly digest: string;
}

export interface RevisionName {
  readonly pos: number;
  readonly id: string;
}

export function revOf(revision: RevisionName): string {
  return `${revision.pos}-${revision.id}`;
}

/** The winning rule: a live leaf before a deleted one, then the longer history, then the larger id. */
export function compareLeaves(a: Revision, b: Revision): number {
  if (a.deleted !== b.deleted) return a.deleted ? 1 : -1;
  if (a.pos !== b.pos) return b.pos - a.pos;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** The revisions of one document: every one known, and the leaves, winner first. */
export class RevisionTree {
  private constructor(
    private readonly known: Map<string, Revision>,
    private sorted: Revision[],
  ) {}

  static empty(): RevisionTree {
    return new RevisionTree(new Map(), []);
  }

  copy(): RevisionTree {
    return new RevisionTree(new Map(this.known), [...this.sorted]);
  }

  get winner(): Revision {
    return present(this.sorted[0]);
  }

  get leaves(): readonly Revision[] {
    return this.sorted;
  }

  get isEmpty(): boolean {
    return this.sorted.length === 0;
  }

  find(rev: string): Revision | undefined {
    return this.known.get(rev);
  }

  leaf(rev: string): Revision | undefined {
    return this.sorted.find((leaf) => revOf(leaf) === rev);
  }

  isLeaf(revision: Revision): boolean {
    return this.sorted.includes(revision);
  }

  /** The leaves that come after a revision, itself if it is one. */
  latest(revision: Revision): Revision[] {
    return this.sorted.filter((leaf) => ancestors(leaf).includes(revision));
  }

  /** Adds a child of a revision, or a new root. */
  add(revision: Revision, limit: number): void {
    this.known.set(revOf(revision), revision);
    this.sorted = this.sorted.filter((leaf) => leaf !== revision.parent);
    this.sorted.push(revision);
    this.sorted.sort(compareLeaves);
    if (this.known.size > limit) this.stem(limit);
  }

  /**
   * Merges a path made elsewhere, ids newest first. False if its newest revision was known already. Where the path
   * meets no known revision it becomes a branch of its own.
   */
  merge(start: number, ids: readonly string[], deleted: boolean, content: Content, limit: number): boolean {
    if (this.known.has(`${start}-${ids[0]}`)) return false;
    let parent: Revision | null = null;
    let first = ids.length - 1;
    for (let at = 1; at < ids.length; at++) {
      const met = this.known.get(`${start - at}-${ids[at]}`);
      if (met === undefined) continue;
      parent = met;
      first = at - 1;
      break;
    }
    const attached: Revision | null = parent;
    for (let at = first; at > 0; at--) {
      const inner: Revision = { pos: start - at, id: present(ids[at]), parent, deleted: false, content: null };
      this.known.set(revOf(inner), inner);
      parent = inner;
    }
    if (attached !== null) this.sorted = this.sorted.filter((leaf) => leaf !== attached);
    this.add({ pos: start, id: present(ids[0]), parent, deleted, content }, limit);
    return true;
  }

  /** Forgets the bodies of all revisions but the leaves. */
  compact(): void {
    const replaced = new Map<Revision, Revision>();
    const without = (revision: Revision): Revision => {
      const before = replaced.get(revision);
      if (before !== undefined) return before;
      const parent = revision.parent === null ? null : without(revision.parent);
      const content = this.isLeaf(revision) ? revision.content : null;
      const after =
        parent === revision.parent && content === revision.content ? revision : { ...revision, parent, content };
      replaced.set(revision, after);
      return after;
    };
    const leaves = this.sorted.map(without);
    this.known.clear();
    for (const revision of replaced.values()) this.known.set(revOf(revision), revision);
    this.sorted = leaves;
  }

  /** Removes leaves without a trace; true if any was there. */
  purge(revs: readonly string[]): string[] {
    const gone = revs.filter((rev) => this.leaf(rev) !== undefined);
    const kept = this.sorted.filter((leaf) => !gone.includes(revOf(leaf)));
    const reachable = new Set(kept.flatMap((leaf) => ancestors(leaf)));
    for (const [rev, revision] of this.known) if (!reachable.has(revision)) this.known.delete(rev);
    this.sorted = kept;
    return gone;
  }

  /** Keeps the newest `limit` revisions of every branch (`_revs_limit`). */
  private stem(limit: number): void {
    const depths = new Map<Revision, number>();
    for (const leaf of this.sorted) {
      let depth = limit;
      for (let at: Revision | null = leaf; at !== null && depth > (depths.get(at) ?? 0); at = at.parent)
        depths.set(at, depth--);
    }
    if (depths.size === this.known.size) return;
    const replaced = new Map<Revision, Revision>();
    const stemmed = (revision: Revision): Revision => {
      const path = ancestors(revision).filter((at) => depths.has(at));
      let parent: Revision | null = null;
      for (const at of path.reverse()) {
        const after: Revision = replaced.get(at) ?? (at.parent === parent ? at : { ...at, parent });
        replaced.set(at, after);
        parent = after;
      }
      return present(parent);
    };
    this.sorted = this.sorted.map(stemmed);
    this.known.clear();
    for (const revision of replaced.values()) this.known.set(revOf(revision), revision);
  }
}

/** A revision and all before it, newest first. */
export function ancestors(revision: Revision): Revision[] {
  const path: Revision[] = [];
  for (let at: Revision | null = revision; at !== null; at = at.parent) path.push(at);
  return path;
}
