import type { RxDocumentData } from "rxdb";
import type { Row } from "./row";

/** Largest sum of sealed text in each of the two generations, in characters. */
const CAPACITY = 4_000_000;

/**
 * Documents as they are stored. Two generations instead of an order of reading: when the young one is full it becomes
 * the old one, and what nobody has read since is forgotten. Taking the oldest out of a large map one by one is slow.
 */
export class DocumentCache {
  private young = new Map<string, RxDocumentData<Row>>();
  private old = new Map<string, RxDocumentData<Row>>();
  /** Of all that was put into the young one. */
  private size = 0;

  get(id: string): RxDocumentData<Row> | undefined {
    const document = this.young.get(id);
    if (document) return document;
    const older = this.old.get(id);
    if (older) this.keep(older);
    return older;
  }

  keep(document: RxDocumentData<Row>): void {
    this.old.delete(document.id);
    this.young.set(document.id, document);
    this.size += document.sealed.length;
    if (this.size < CAPACITY) return;
    this.old = this.young;
    this.young = new Map();
    this.size = 0;
  }

  forget(id: string): void {
    this.young.delete(id);
    this.old.delete(id);
  }
}
