import "fake-indexeddb/auto";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { aesSealer, importStoreKey } from "../../src-renderer/data/aesSealer";
import { createDexieStorage, rowsByKey } from "../../src-renderer/data/dexieStorage";
import { openRecordsCollection } from "../../src-renderer/data/recordsCollection";
import { plainSealer } from "../support/plainSealer";
import { recordStoreContract } from "./recordStoreContract";

let names = 0;

const sealer = aesSealer(await importStoreKey(crypto.getRandomValues(new Uint8Array(32))));

recordStoreContract("RxDB in memory, as it is", plainSealer, () =>
  openRecordsCollection(getRxStorageMemory(), `contract-${++names}`),
);
recordStoreContract("RxDB in memory, sealed", sealer, () =>
  openRecordsCollection(getRxStorageMemory(), `contract-${++names}`),
);
recordStoreContract("RxDB on Dexie, sealed", sealer, () =>
  openRecordsCollection(createDexieStorage(), `contract-${++names}`, rowsByKey),
);
