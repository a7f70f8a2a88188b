import "fake-indexeddb/auto";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { createDexieStorage } from "../../src-renderer/data/dexieStorage";
import { openRecordsCollection } from "../../src-renderer/data/recordsCollection";
import { recordStoreContract } from "./recordStoreContract";

let names = 0;

recordStoreContract("RxDB in memory", () => openRecordsCollection(getRxStorageMemory(), `contract-${++names}`));
recordStoreContract("RxDB on Dexie", () => openRecordsCollection(createDexieStorage(), `contract-${++names}`));
