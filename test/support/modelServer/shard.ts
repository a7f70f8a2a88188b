import { present } from "./present";
import type { StoredDocument } from "./database";

interface Entry {
  readonly seq: number;
  readonly document: StoredDocument;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const encoder = new TextEncoder();

/** The half of the ring a document lives on: CouchDB's CRC-32 of its id. The order of the feed depends on it. */
export function shardOf(id: string): 0 | 1 {
  let crc = -1;
  for (const byte of encoder.encode(id)) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc < 0 ? 1 : 0;
}

/** One of a database's two files (q=2): its own counter, its own identity, and its documents by last change. */
export class Shard {
  seq = 0;
  private log: Entry[] = [];
  private live = 0;

  constructor(readonly uuid: string) {}

  /** Gives a document the next number; it moves to the end of the feed. */
  touch(document: StoredDocument): void {
    if (document.seq === 0) this.live++;
    document.seq = ++this.seq;
    this.log.push({ seq: document.seq, document });
    if (this.log.length > 2 * this.live + 64) this.log = this.log.filter(isCurrent);
  }

  /** A change that is no document's: security, limits. */
  bump(): void {
    this.seq++;
  }

  forget(document: StoredDocument): void {
    this.live--;
    document.seq = 0;
    this.log = this.log.filter(isCurrent);
  }

  /** Documents changed after `since`, oldest change first, until told to stop. */
  *after(since: number): Generator<StoredDocument, void> {
    for (let at = this.indexAfter(since); at < this.log.length; at++) {
      const entry = present(this.log[at]);
      if (isCurrent(entry)) yield entry.document;
    }
  }

  *newestFirst(): Generator<StoredDocument, void> {
    for (let at = this.log.length - 1; at >= 0; at--) {
      const entry = present(this.log[at]);
      if (isCurrent(entry)) yield entry.document;
    }
  }

  countAfter(since: number): number {
    const from = this.indexAfter(since);
    if (this.log.length === this.live) return this.log.length - from;
    if (from === 0) return this.live;
    let count = 0;
    for (let at = from; at < this.log.length; at++) if (isCurrent(present(this.log[at]))) count++;
    return count;
  }

  /** An equal shard of the same identity, as a copy of the file is. */
  copy(documents: ReadonlyMap<string, StoredDocument>): Shard {
    const copy = new Shard(this.uuid);
    copy.seq = this.seq;
    copy.live = this.live;
    copy.log = this.log
      .filter(isCurrent)
      .map((entry) => ({ seq: entry.seq, document: present(documents.get(entry.document.id)) }));
    return copy;
  }

  private indexAfter(since: number): number {
    let low = 0;
    let high = this.log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (present(this.log[middle]).seq > since) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function isCurrent({ seq, document }: Entry): boolean {
  return document.seq === seq;
}
