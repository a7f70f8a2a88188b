import { createRxDatabase, type RxCollection, type RxDocument, type RxJsonSchema } from "rxdb";
import { replicateCouchDB, type RxCouchDBReplicationState } from "rxdb/plugins/replication-couchdb";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { BATCH, type Peer } from "./peer";

interface Document {
  readonly id: string;
  readonly type: string;
  readonly v: number;
  readonly visibility?: string;
  readonly createdAt?: string;
  readonly createdBy?: object;
  readonly updatedAt?: string;
  readonly updatedBy?: object;
  readonly data: { readonly nameLatin?: string };
}

/** The fields of every record; an index as our own store has one, and transactions as safe as ours. */
const schema: RxJsonSchema<Document> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 240 },
    type: { type: "string", maxLength: 64 },
    v: { type: "number" },
    visibility: { type: "string" },
    createdAt: { type: "string" },
    createdBy: { type: "object", additionalProperties: true },
    updatedAt: { type: "string" },
    updatedBy: { type: "object", additionalProperties: true },
    data: { type: "object", additionalProperties: true },
  },
  required: ["id", "type"],
  indexes: ["type"],
};

/** RxDB with the storage and the replication that it ships for this. */
export async function rxdbPeer(): Promise<Peer> {
  const database = await createRxDatabase<{ documents: RxCollection<Document, object> }>({
    name: "rxdb-peer",
    storage: getRxStorageDexie({ chromeTransactionDurability: "strict" }),
    multiInstance: false,
  });
  const { documents } = await database.addCollections({ documents: { schema } });

  function replicate(address: string, live: boolean): RxCouchDBReplicationState<Document> {
    return replicateCouchDB({
      replicationIdentifier: "peer",
      collection: documents,
      url: `${address}/`,
      // The default asks for the global `fetch`, which has no receiver in a worker.
      fetch: (url, options) => fetch(url, options),
      live,
      waitForLeadership: false,
      pull: { batchSize: BATCH },
      push: { batchSize: BATCH },
    });
  }

  return {
    stock: async (made) => {
      for (let from = 0; from < made.length; from += BATCH) {
        const part = made.slice(from, from + BATCH).map((document) => {
          const { _id: id, ...rest } = document as { _id: string };
          return { id, ...rest } as unknown as Document;
        });
        const { error } = await documents.bulkInsert(part);
        if (error.length > 0) throw new Error("not stored");
      }
    },
    exchange: async (address, _direction, onStored) => {
      let count = 0;
      const changes = documents.eventBulks$.subscribe(({ events }) => {
        count += events.length;
        onStored(count);
      });
      const replication = replicate(address, false);
      await replication.awaitInitialReplication();
      await replication.awaitInSync();
      changes.unsubscribe();
    },
    listen: async (address) => {
      const replication = replicate(address, true);
      await replication.awaitInitialReplication();
    },
    read: (limit) => documents.find({ limit }).exec(),
    count: () => documents.count().exec(),
    edit: async (id, value) => {
      const found = (await documents.findByIds([id]).exec()) as ReadonlyMap<string, RxDocument<Document, object>>;
      const stored = found.get(id);
      if (stored) await stored.incrementalPatch({ data: { nameLatin: value } });
      else await documents.insert({ id, type: "contact", v: 1, data: { nameLatin: value } });
    },
    onChange: (listener) => {
      documents.$.subscribe(({ documentId, documentData }) => {
        listener(documentId, (documentData as { data?: { nameLatin?: unknown } }).data?.nameLatin);
      });
    },
  };
}
