import type { RxDocumentData } from "rxdb";
import type { Row } from "./row";

/** Largest sum of sealed text held, in characters. */
const CAPACITY = 8_000_000;

/** Documents as they are stored, the least recently read ones forgotten first. */
export class DocumentCache {
  private readonly documents = new Map<string, RxDocumentData<Row>>();
  private size = 0;

  get(id: string): RxDocumentData<Row> | undefined {
    const document = this.documents.get(id);
    if (!document) return undefined;
    this.documents.delete(id);
    this.documents.set(id, document);
    return document;
  }

  keep(document: RxDocumentData<Row>): void {
    this.forget(document.id);
    this.documents.set(document.id, document);
    this.size += document.sealed.length;
    for (const oldest of this.documents.values()) {
      if (this.size <= CAPACITY) break;
      this.forget(oldest.id);
    }
  }

  forget(id: string): void {
    const document = this.documents.get(id);
    if (!document) return;
    this.documents.delete(id);
    this.size -= document.sealed.length;
  }
}
