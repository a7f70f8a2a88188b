import { present } from "./present";
import type { Database, StoredDocument } from "./database";
import { documentText } from "./documentText";
import { revOf } from "./revisionTree";
import { packSeq, startIn, type Positions } from "./sequence";

/** Which documents a feed shows. CouchDB looks up `ids` and designs directly, which changes what it calls pending. */
export type Filter =
  | { readonly kind: "passes"; readonly passes: (document: StoredDocument) => boolean }
  | { readonly kind: "lookup"; readonly passes: (document: StoredDocument) => boolean };

export interface ChangesQuery {
  readonly since: Positions | "now";
  /** Null: no limit. */
  readonly limit: number | null;
  readonly descending: boolean;
  readonly allLeaves: boolean;
  readonly includeDocs: boolean;
  readonly conflicts: boolean;
  readonly attachments: boolean;
  readonly filter: Filter | null;
  readonly seqInterval: number;
}

/**
 * Which of several shards is heard next: CouchDB's answer in any order. What a shard says next is a document, or null
 * when it has no more and says how far it came.
 */
export type Interleave = (ready: readonly (0 | 1)[], next: (shard: 0 | 1) => StoredDocument | null) => 0 | 1;

export interface ChangesPage {
  /** JSON texts. */
  readonly rows: readonly string[];
  readonly positions: Positions;
  readonly pending: number;
}

const noLimit = 1_000_000_000_000_000;

/** A page of the feed from the query's positions; `onlyShard` leaves the other as it is. */
export function collectChanges(
  database: Database,
  query: ChangesQuery,
  interleave: Interleave,
  onlyShard?: 0 | 1,
): ChangesPage {
  const { filter } = query;
  const asked = query.since === "now" || query.descending ? database.positions : query.since;
  const now = query.since === "now" && !query.descending ? database.positions : asked;
  const positions: [Positions[0], Positions[1]] = [now[0], now[1]];
  const cursors = database.shards.map((shard, at) => {
    const start = query.descending ? 0 : startIn(shard, positions[at as 0 | 1]);
    return new Cursor(database, at as 0 | 1, start, query, onlyShard !== undefined && onlyShard !== at);
  });
  const rows: string[] = [];
  let left = query.limit ?? noLimit;
  // When the limit is reached one more answer of a shard is heard: a row ends the page, what is no row still counts.
  for (let isLast = left === 0, ended = false; !ended; ended = isLast, isLast = left === 0) {
    const ready = ([0, 1] as const).filter((at) => !present(cursors[at]).done);
    if (ready.length === 0) break;
    const at = ready.length === 1 ? present(ready[0]) : interleave(ready, (shard) => present(cursors[shard]).head);
    const cursor = present(cursors[at]);
    const document = cursor.head;
    if (document === null) {
      cursor.done = true;
      if (!query.descending) positions[at] = cursor.end();
      continue;
    }
    const passes = filter === null || filter.passes(document);
    if (passes && left === 0) break;
    cursor.advance();
    positions[at] = { seq: document.seq, uuid: database.shards[at].uuid };
    if (!passes) continue;
    rows.push(rowText(document, left % query.seqInterval === 0 ? packSeq(positions) : null, query));
    left--;
  }
  return { rows, positions, pending: present(cursors[0]).left + present(cursors[1]).left };
}

/** How far the reading of a shard is. */
class Cursor {
  head: StoredDocument | null = null;
  /** Documents that were not shown yet. */
  left: number;
  private readonly documents: Generator<StoredDocument, void>;
  private last: number;

  constructor(
    private readonly database: Database,
    private readonly at: 0 | 1,
    start: number,
    private readonly query: ChangesQuery,
    public done: boolean,
  ) {
    const shard = database.shards[at];
    this.documents = query.descending ? shard.newestFirst() : shard.after(start);
    this.left = shard.countAfter(start);
    this.last = start;
    if (!done) this.head = this.next();
  }

  advance(): void {
    this.last = this.head?.seq ?? this.last;
    this.left--;
    this.head = this.next();
  }

  /** What the shard says at its end: how far it came, in its file of today. */
  end(): Positions[0] {
    const { seq, uuid } = this.database.shards[this.at];
    return { seq: this.query.filter?.kind === "lookup" ? seq : this.last, uuid };
  }

  private next(): StoredDocument | null {
    const { filter } = this.query;
    for (;;) {
      const document = this.documents.next().value ?? null;
      // What is looked up comes without the documents between, which stay pending.
      if (document === null || filter?.kind !== "lookup" || filter.passes(document)) return document;
    }
  }
}

function rowText(document: StoredDocument, seq: string | null, query: ChangesQuery): string {
  const { id, tree } = document;
  const { winner } = tree;
  const revs = query.allLeaves
    ? tree.leaves.map((leaf) => `{"rev":"${revOf(leaf)}"}`).join(",")
    : `{"rev":"${revOf(winner)}"}`;
  let text = `{"seq":${seq === null ? "null" : `"${seq}"`},"id":${JSON.stringify(id)},"changes":[${revs}]`;
  if (winner.deleted) text += ',"deleted":true';
  if (query.includeDocs) text += `,"doc":${documentText(id, tree, winner, query)}`;
  return `${text}}`;
}

export const feedStart = '{"results":[\n';

export function feedEnd(page: ChangesPage, pending = page.pending): string {
  return `\n],\n"last_seq":"${packSeq(page.positions)}","pending":${pending}}\n`;
}

export function feedRows(page: ChangesPage): string {
  return page.rows.join(",\r\n");
}
