import Dexie from "dexie";
import type { DexieStorageInternals } from "rxdb";
import { getRxStorageDexie, type RxStorageDexie } from "rxdb/plugins/storage-dexie";
import type { Row } from "./row";

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

/** As Dexie has it: IndexedDB indexes no booleans, and so a removed row says "1". */
type DexieRow = Row & { readonly _deleted: "0" | "1" };

/**
 * At most `limit` rows by ascending id, those after `after`, by the primary key. A query of RxDB has no index for that
 * order, as soon as a collection has one of its own, and walks through all rows for every page.
 */
export async function rowsByKey(
  internals: DexieStorageInternals,
  limit: number,
  after: string,
): Promise<readonly Row[]> {
  const { dexieTable } = await internals;
  const rows: Row[] = [];
  for (let from = after; ;) {
    const asked = limit - rows.length;
    const page = (await dexieTable.where(":id").above(from).limit(asked).toArray()) as DexieRow[];
    rows.push(...page.filter(({ _deleted }) => _deleted === "0"));
    const last = page.at(-1);
    if (!last || page.length < asked || rows.length === limit) return rows;
    from = last.id;
  }
}
