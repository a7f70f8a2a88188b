import type { LedgerStart } from "../../src-main/shared/ledger";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../src-main/shared/result";
import type { LedgerEntry } from "./ledgerEntries";
import { createPace } from "./pace";
import { readEntry } from "./readEntry";
import { readLedger, readSnapshot, type Damage, type LedgerClient } from "./replay";
import type { RecordStore } from "./recordStore";
import type { WriteDoor } from "./writeDoor";

/** From where an empty store is filled. */
export interface Source {
  /** Of the snapshot; null: from the first entry on. */
  readonly snapshot: number | null;
  /** What cannot be read is left out, because there is nothing better to begin from. */
  readonly lenient: boolean;
}

/** The snapshot cannot be read to its end, or not all of it is there: another source must be taken, from empty again. */
export class SnapshotDamaged extends Error {
  constructor(readonly damage: Damage | null) {
    super("a snapshot of the ledger is damaged");
  }
}

export interface RebuildParts {
  readonly ledger: LedgerClient;
  readonly door: WriteDoor;
  readonly store: RecordStore;
  /** Called after every entry. `done` of `total`, both in bytes; a record of a snapshot counts as one kibibyte. */
  readonly onProgress: (done: number, total: number) => void;
  /** An entry that only a newer version can read lies behind this position, and what is filled lacks it. */
  readonly onNewer: (from: number) => void;
  readonly log: (event: string, detail?: unknown) => void;
}

export interface Filled {
  /** Stretches of the ledger that could not be read. */
  readonly damaged: readonly Damage[];
  /** Entries after the snapshot. */
  readonly replayed: number;
  /** Characters of the snapshot: about how much there is. */
  readonly size: number;
}

const RECORD = 1024;

/** What can be begun from, best first: the newest snapshot, older ones, the first entry if it is still there. */
export function sourcesOf({ begin, snapshots }: Pick<LedgerStart, "begin" | "snapshots">): readonly Source[] {
  const newestFirst = snapshots.filter((position) => position >= begin).reverse();
  const whole = newestFirst.map((snapshot): Source => ({ snapshot, lenient: false }));
  const [newest = null] = newestFirst;
  return [...whole, { snapshot: begin === 0 ? null : newest, lenient: true }];
}

/**
 * Fills an empty store: the snapshot, then the entries after it. Until the whole snapshot is stored the store has no
 * position, so that a start after a kill begins anew; from then on it goes on where it was. Throws `SnapshotDamaged`.
 */
export async function fill(
  { ledger, door, store, onProgress, onNewer, log }: RebuildParts,
  { snapshot, lenient }: Source,
  { begin, end }: Pick<LedgerStart, "begin" | "end">,
): Promise<Result<Filled, LedgerFailure>> {
  const damaged: Damage[] = [];
  const pace = createPace();
  let records = 0;
  let expected: number | undefined;
  let isWhole = true;
  let size = 0;
  let replayed = 0;
  const from = snapshot ?? begin;
  if (snapshot === null && begin > 0) damaged.push({ from: 0, to: begin });
  const told = (position: number): void => {
    const inSnapshot = Math.max(records, expected ?? 0) * RECORD;
    onProgress(records * RECORD + position - from, inSnapshot + Math.max(0, end - from));
  };
  const entryOf = async (text: string, before: number, place: object): Promise<LedgerEntry | undefined> => {
    const read = await readEntry(text);
    if (read.kind === "entry") return read.entry;
    log(`ledger entry skipped: ${read.kind}`, place);
    if (read.kind === "newer") onNewer(before);
    return undefined;
  };

  if (snapshot !== null) {
    door.startUnplaced();
    const read = await readSnapshot(
      ledger,
      snapshot,
      async (text) => {
        const entry = await entryOf(text, snapshot, { snapshot });
        if (!entry && !lenient) throw new SnapshotDamaged(null);
        if (!entry) {
          isWhole = false;
          return;
        }
        size += text.length;
        if (entry.kind === "notebook") expected = entry.records;
        if (entry.kind === "kept") records += entry.records.length;
        await store.room();
        await door.takeKept(entry);
        told(from);
        await pace();
      },
      (damage) => {
        log("snapshot damaged", { snapshot, ...damage });
        if (!lenient) throw new SnapshotDamaged(damage);
        isWhole = false;
      },
    );
    if (!read.ok && read.failure.kind !== "ledger-damaged") return read;
    if (!read.ok || expected === undefined || records < expected) {
      log("snapshot incomplete", { snapshot, records, expected });
      if (!lenient) throw new SnapshotDamaged(null);
      isWhole = false;
    }
    // Which entries it came with nobody knows any more: all that the snapshot stood for.
    if (!isWhole) damaged.push({ from: 0, to: snapshot });
  }
  door.startAt(from);
  door.store(new Map());
  const read = await readLedger(
    ledger,
    from,
    async ({ text, from: before, position }) => {
      const entry = await entryOf(text, before, { position });
      await store.room();
      if (entry) await door.replay(entry, position);
      replayed += 1;
      told(position);
      await pace();
    },
    (damage) => {
      log("ledger damaged", damage);
      damaged.push(damage);
    },
  );
  return read.ok ? success({ damaged, replayed, size }) : read;
}
