import { expect, it } from "vitest";
import { aesSealer, importStoreKey } from "../../src-renderer/data/aesSealer";
import { createDexieStorage, rowsByKey } from "../../src-renderer/data/dexieStorage";
import { openRecordsCollection } from "../../src-renderer/data/recordsCollection";
import { recordStoreContract } from "../contracts/recordStoreContract";

/** The app's own storage: Chromium's IndexedDB, which keeps, orders and locks otherwise than its stand-in. */

let names = 0;

it("stands on the browser's own IndexedDB", () => {
  expect(Object.prototype.toString.call(indexedDB)).toBe("[object IDBFactory]");
  expect(String(IDBFactory)).toContain("[native code]");
});

const sealer = aesSealer(await importStoreKey(crypto.getRandomValues(new Uint8Array(32))));

recordStoreContract("RxDB on Dexie in Chromium", sealer, () =>
  openRecordsCollection(createDexieStorage(), `browser-${++names}`, rowsByKey),
);
