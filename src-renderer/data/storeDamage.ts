import type { RebuildReason } from "../ports/notebook";
import type { RowTable } from "./recordsCollection";
import type { Clock } from "./clock";
import type { Sealer } from "./sealer";

/** The browser's database cannot be opened or read, or a row in it does not open: the store must be made anew. */
export class StoreDamaged extends Error {
  constructor(cause: unknown) {
    // What does not decrypt is told by an error without a message.
    super(cause instanceof Error ? cause.message || cause.name : String(cause), { cause });
  }
}

/** The store can be read, but the ledger cannot bring it up to date. */
export class StoreOutdated extends Error {
  constructor(readonly reason: RebuildReason) {
    super(`the store must be made anew: ${reason}`);
  }
}

/** What fails while reading says that the store is damaged; what fails while writing is tried again. */
export function watchedTable(table: RowTable): RowTable {
  return {
    get: (ids) => watched(() => table.get(ids)),
    ofType: (type) => watched(() => table.ofType(type)),
    all: (limit, after) => watched(() => table.all(limit, after)),
    write: (writes) => table.write(writes),
    close: () => table.close(),
  };
}

/** A row that does not open was sealed by another key or changed on the disk. */
export function watchedSealer(sealer: Sealer): Sealer {
  return {
    seal: (text, binding) => sealer.seal(text, binding),
    open: (sealed, binding) => watched(() => sealer.open(sealed, binding)),
  };
}

/** The browser does not answer; it would not remove the database either. */
export class StoreStuck extends StoreDamaged {}

/** Far more than opening takes, in ms: a browser that cannot write its files tries again and again. */
const ANSWER_LIMIT = 10_000;

/** Like `watched`; no answer in time is `StoreStuck`, and what comes too late goes to `late`. */
export function watchedInTime<Value>(
  clock: Clock,
  work: () => Promise<Value>,
  late: (value: Value) => void,
): Promise<Value> {
  return watched(
    () =>
      new Promise((resolve, reject) => {
        let isLate = false;
        const stop = clock.schedule(ANSWER_LIMIT, () => {
          isLate = true;
          reject(new StoreStuck("the database does not answer"));
        });
        work().then(
          (value) => {
            stop();
            if (isLate) late(value);
            else resolve(value);
          },
          (error: unknown) => {
            stop();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }),
  );
}

export async function watched<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof StoreDamaged ? error : new StoreDamaged(error);
  }
}
