import Dexie from "dexie";
import { getRxStorageDexie, type RxStorageDexie } from "rxdb/plugins/storage-dexie";

/** IndexedDB through Dexie. `strict`: a transaction is answered when it is on the disk, not in the system's cache. */
export function createDexieStorage(): RxStorageDexie {
  return getRxStorageDexie({ chromeTransactionDurability: "strict" });
}

/**
 * Removes everything that RxDB keeps on Dexie under a name; nobody may have it open. Not by RxDB's own removal: that
 * opens the databases first, which may be what fails.
 */
export async function removeDexieDatabases(name: string): Promise<void> {
  const databases = await Dexie.getDatabaseNames();
  for (const database of databases) if (database.startsWith(`rxdb-dexie-${name}--`)) await Dexie.delete(database);
}
