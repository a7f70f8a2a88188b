import {
  createRxDatabase,
  getWrittenDocumentsFromBulkWriteResponse,
  normalizeMangoQuery,
  prepareQuery,
  type BulkWriteRow,
  type MangoQuerySelector,
  type RxCollection,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
} from "rxdb";
import { MAX_ORDER } from "../domain/recordKind";
import { DocumentCache } from "./documentCache";
import { MAX_ID_LENGTH, type Row } from "./row";

/** One row to write, or the id of a row to remove. `fresh`: known not to be stored yet, so it is not looked up first. */
export type RowWrite =
  | { readonly kind: "put"; readonly row: Row; readonly fresh: boolean }
  | { readonly kind: "remove"; readonly id: string };

/** The table under the store. It has one owner: nobody else writes to it while it is open. */
export interface RowTable {
  /** The rows that exist, by id. */
  get(ids: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** All of it in one transaction, or an exception and nothing. No id may occur twice. */
  write(writes: readonly RowWrite[]): Promise<void>;
  /** All rows of one type, ascending by order. */
  ofType(type: string): Promise<readonly Row[]>;
  /** At most `limit` rows of all types by ascending id, those after `after` (empty: from the first). */
  all(limit: number, after: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

type StoredRow = RxDocumentData<Row>;

/**
 * One schema for all rows. RxDB wants limits on everything indexed. There is no migration: versions live in the
 * records themselves and are upgraded on read.
 */
const schema: RxJsonSchema<Row> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: MAX_ID_LENGTH + 8 },
    type: { type: "string", maxLength: 64 },
    v: { type: "number" },
    bin: { type: "number", minimum: 0, maximum: 2, multipleOf: 1 },
    order: { type: "number", minimum: 0, maximum: MAX_ORDER, multipleOf: 1 },
    rev: { type: "string" },
    sealed: { type: "string" },
  },
  required: ["id", "type", "v", "bin", "order", "rev", "sealed"],
  indexes: [["type", "bin", "order"]],
};

/** Names the writer in RxDB's own messages. */
const CONTEXT = "qiao-store";

/** Reads as `RowTable.all` does, past RxDB's queries, where a storage has a better way. */
export type RowsByKey<Internals> = (internals: Internals, limit: number, after: string) => Promise<readonly Row[]>;

/**
 * Opens the collection `records` on the given storage (Dexie in the app, memory in tests). RxDB answers errors with
 * exceptions; they are turned into failures where the store is used.
 */
export async function openRecordsCollection<Internals, Options>(
  storage: RxStorage<Internals, Options>,
  name: string,
  rowsByKey?: RowsByKey<Internals>,
): Promise<RowTable> {
  const database = await createRxDatabase<{ records: RxCollection<Row> }, Internals, Options>({
    name,
    storage,
    multiInstance: false,
    eventReduce: false,
  });
  try {
    const { records } = await database.addCollections({ records: { schema } });
    const internals = records.storageInstance.internals as Internals;
    const all = rowsByKey && ((limit: number, after: string) => rowsByKey(internals, limit, after));
    return new RecordsTable(records, () => database.close(), all);
  } catch (error) {
    await database.close();
    throw error;
  }
}

class RecordsTable implements RowTable {
  /** What RxDB calls `previous` in a write must be the stored document; most were read or written a moment ago. */
  private readonly seen = new DocumentCache();
  /** Grows at the start and the end of a write (odd: one is under way), so that nothing read meanwhile is kept. */
  private writes = 0;

  constructor(
    private readonly records: RxCollection<Row>,
    private readonly closeDatabase: () => Promise<unknown>,
    private readonly rowsByKey: RowTable["all"] | undefined,
  ) {}

  async get(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const documents = await this.documents(ids);
    const rows = new Map<string, Row>();
    for (const [id, document] of documents) if (!document._deleted) rows.set(id, document);
    return rows;
  }

  async write(writes: readonly RowWrite[]): Promise<void> {
    const previous = await this.documents(
      writes.flatMap((write) => (write.kind === "remove" ? write.id : write.fresh ? [] : write.row.id)),
    );
    const documents: BulkWriteRow<Row>[] = [];
    for (const write of writes) {
      if (write.kind === "put") {
        documents.push(documentWrite(write.row, false, previous.get(write.row.id)));
        continue;
      }
      const stored = previous.get(write.id);
      if (stored && !stored._deleted) documents.push(documentWrite({ ...stored, sealed: "" }, true, stored));
    }
    if (documents.length === 0) return;
    for (const { document } of documents) this.seen.forget(document.id);
    this.writes += 1;
    try {
      await this.bulkWrite(documents);
    } finally {
      this.writes += 1;
    }
  }

  async ofType(type: string): Promise<readonly Row[]> {
    const rows = await this.query({ type: { $eq: type }, _deleted: { $eq: false } });
    return [...rows].sort((a, b) => a.order - b.order);
  }

  all(limit: number, after: string): Promise<readonly Row[]> {
    if (this.rowsByKey) return this.rowsByKey(limit, after);
    return this.query({ id: { $gt: after }, _deleted: { $eq: false } }, limit);
  }

  async close(): Promise<void> {
    await this.closeDatabase();
  }

  private async query(selector: MangoQuerySelector<StoredRow>, limit?: number): Promise<readonly Row[]> {
    const storage = this.records.storageInstance;
    const query = normalizeMangoQuery<Row>(storage.schema, {
      selector,
      sort: [{ id: "asc" }],
      ...(limit === undefined ? {} : { limit }),
    });
    const { documents } = await storage.query(prepareQuery(storage.schema, query));
    return documents;
  }

  private async documents(ids: readonly string[]): Promise<Map<string, StoredRow>> {
    const found = new Map<string, StoredRow>();
    const unseen: string[] = [];
    for (const id of ids) {
      const document = this.seen.get(id);
      if (document) found.set(id, document);
      else unseen.push(id);
    }
    if (unseen.length === 0) return found;
    const before = this.writes;
    for (const document of await this.records.storageInstance.findDocumentsById(unseen, true)) {
      if (before % 2 === 0 && before === this.writes) this.seen.keep(document);
      found.set(document.id, document);
    }
    return found;
  }

  /**
   * RxDB writes the rows without a conflict and reports the others. With one owner a conflict means that a row thought
   * to be new is there: what RxDB reports as stored is then the `previous` that it asks for.
   */
  private async bulkWrite(documents: BulkWriteRow<Row>[]): Promise<void> {
    const response = await this.records.storageInstance.bulkWrite(documents, CONTEXT);
    const { error } = response;
    for (const written of getWrittenDocumentsFromBulkWriteResponse("id", documents, response)) this.seen.keep(written);
    if (error.length === 0) return;
    const again = error.map((refused) => {
      if (refused.status !== 409) throw new Error(`row ${refused.documentId} was refused`);
      return documentWrite(refused.writeRow.document, refused.writeRow.document._deleted, refused.documentInDb);
    });
    const second = await this.records.storageInstance.bulkWrite(again, CONTEXT);
    if (second.error.length > 0) throw new Error(`${second.error.length} rows were refused twice`);
  }
}

function documentWrite(row: Row, deleted: boolean, previous: StoredRow | undefined): BulkWriteRow<Row> {
  const { id, type, v, bin, order, rev, sealed } = row;
  return {
    ...(previous ? { previous } : {}),
    document: {
      id,
      type,
      v,
      bin,
      order,
      rev,
      sealed,
      _deleted: deleted,
      _attachments: {},
      _meta: previous ? previous._meta : { lwt: 1 },
      _rev: previous ? previous._rev : "",
    },
  };
}
