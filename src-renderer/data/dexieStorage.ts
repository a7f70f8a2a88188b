import { getRxStorageDexie, type RxStorageDexie } from "rxdb/plugins/storage-dexie";

/** IndexedDB through Dexie. `strict`: a transaction is answered when it is on the disk, not in the system's cache. */
export function createDexieStorage(): RxStorageDexie {
  return getRxStorageDexie({ chromeTransactionDurability: "strict" });
}
