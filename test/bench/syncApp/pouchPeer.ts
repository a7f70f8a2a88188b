import PouchDB from "pouchdb/dist/pouchdb.js";
import { BATCH, type Peer } from "./peer";

/** PouchDB as its own guide uses it, with larger batches; `adapter` is one of its two for browsers. */
export async function pouchPeer(adapter: "idb" | "indexeddb"): Promise<Peer> {
  if (adapter === "indexeddb") {
    Reflect.set(self, "PouchDB", PouchDB);
    await import("pouchdb/dist/pouchdb.indexeddb.js");
  }
  const local = new PouchDB(`pouch-${adapter}`, { adapter });
  const remote = (address: string): PouchDB => new PouchDB(address, { skip_setup: true });
  return {
    stock: async (documents) => {
      for (let from = 0; from < documents.length; from += BATCH) {
        const answers = await local.bulkDocs(documents.slice(from, from + BATCH));
        if (answers.some(({ ok }) => ok !== true)) throw new Error("not stored");
      }
    },
    exchange: async (address, direction, onStored) => {
      const how = { batch_size: BATCH, retry: true };
      const { replicate } = local;
      const replication =
        direction === "pull" ? replicate.from(remote(address), how) : replicate.to(remote(address), how);
      replication.on("change", (info) => {
        onStored(info.docs_written);
      });
      await replication;
    },
    listen: (address) => {
      local.sync(remote(address), { live: true, retry: true, batch_size: BATCH });
      return Promise.resolve();
    },
    read: (limit) => local.allDocs({ include_docs: true, limit }),
    count: async () => (await local.info()).doc_count,
    edit: async (id, value) => {
      const stored = await local.get(id).catch(() => ({ _id: id, type: "contact", v: 1 }));
      await local.put({ ...stored, data: { nameLatin: value } });
    },
    onChange: (listener) => {
      local.changes({ since: "now", live: true, include_docs: true }).on("change", ({ id, doc }) => {
        listener(id, (doc as { data?: { nameLatin?: unknown } }).data?.nameLatin);
      });
    },
  };
}
