import type { Clock } from "./clock";
import { createPace } from "./pace";
import type { Erasure } from "./erasures";
import type { RowTable, RowWrite } from "./recordsCollection";
import { recordIdOfSide, sideIdOf, STATE, stateIdOf, type Row, type SideType } from "./row";
import type { Sealer } from "./sealer";
import { joinWrites, openRows, recordOf, rowsOf, type RecordWrite, type StoredRecord } from "./storedRecord";
import { together } from "./together";

/** How far the store has followed the ledger. */
export interface Applied {
  /** The ledger's uuid. */
  readonly ledger: string;
  /** Everything up to here is stored, but for increments of notes that are not folded yet. */
  readonly position: number;
  /** Where the oldest of those increments begins; `position` if there are none. */
  readonly notesFrom: number;
}

/** What one or more ledger entries change in the store. */
export interface StoreBatch {
  readonly writes: readonly RecordWrite[];
  /** State rows by name, as JSON text. */
  readonly states: ReadonlyMap<string, string>;
  /** Undefined while a snapshot is taken in: what is stored belongs to no position yet. */
  readonly applied: Applied | undefined;
}

export interface StoreParts {
  readonly table: RowTable;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Told when writing fails (it is tried again by itself) and, with null, when it works again. */
  readonly onTrouble: (detail: string | null) => void;
}

/**
 * Records in one transaction; larger batches are divided, and the ledger position goes with the last part. Half of a
 * pulled page: handing more to IndexedDB at once blocks the thread, and every further transaction costs a sync.
 */
const CHUNK = 250;
/** Above this many records not yet stored, a caller with more is asked to wait. */
const ROOM = 1500;
/** The same while the whole store is made anew: nobody types, and fewer transactions are sooner done. */
const BULK_CHUNK = 1000;
const BULK_ROOM = 4000;
const FIRST_RETRY = 500;
const LAST_RETRY = 30_000;

const APPLIED = "applied";

/**
 * Records over rows. What the ledger has is written in the background; until it is stored, reads are answered from
 * what is pending, so a reader always sees everything that was saved. Failing to write loses nothing: the batches stay
 * and are tried again, and after a crash the ledger is replayed from the stored position.
 */
export class RecordStore {
  private readonly batches: StoreBatch[] = [];
  private readonly pending = new Map<string, RecordWrite>();
  private readonly pendingStates = new Map<string, string>();
  /** Sealed when a batch comes, while those before it are on their way to the disk, and kept for another attempt. */
  private readonly rows = new WeakMap<RecordWrite, Promise<readonly RowWrite[]>>();
  private writing: Promise<void> = Promise.resolve();
  private isWriting = false;
  private failing = false;
  private closed = false;
  private inBulk = false;
  private endPause: (() => void) | undefined;
  private readonly parts: StoreParts;

  constructor(parts: StoreParts) {
    this.parts = parts;
  }

  /** The records that exist among these ids. Rejects when the storage cannot be read. */
  async load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const found = new Map<string, StoredRecord>();
    const stored = ids.filter((id) => {
      const write = this.pending.get(id);
      if (write?.record) found.set(id, write.record);
      return !write;
    });
    if (stored.length === 0) return found;
    const rows = await this.parts.table.get([...stored, ...stored.map(sideIdOf)]);
    const present = stored.flatMap((id) => rows.get(id) ?? []);
    const opened = await together(present, (row) => openRows(row, rows.get(sideIdOf(row.id)), this.parts.sealer));
    const pace = createPace();
    for (const one of opened) {
      found.set(one.row.id, recordOf(one));
      await pace();
    }
    return found;
  }

  async states(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.parts.table.get(names.map(stateIdOf));
    const texts = await together(names, async (name) => {
      const row = rows.get(stateIdOf(name));
      return this.pendingStates.get(name) ?? (row && (await this.parts.sealer.open(row.sealed, row)));
    });
    return new Map(names.flatMap((name, index) => (texts[index] === undefined ? [] : [[name, texts[index]] as const])));
  }

  /** Whether nothing at all is stored. */
  async isEmpty(): Promise<boolean> {
    return (await this.parts.table.all(1, "")).length === 0;
  }

  /** Larger transactions, as long as the store is made anew. */
  setBulk(inBulk: boolean): void {
    this.inBulk = inBulk;
  }

  /** Undefined for a store that is empty or not whole yet. */
  async applied(): Promise<Applied | undefined> {
    const text = (await this.states([APPLIED])).get(APPLIED);
    return text === undefined ? undefined : (JSON.parse(text) as Applied);
  }

  /** Records that wait to be pushed; ascending order is newest first, as of when they began to wait. */
  waiting(): Promise<readonly { readonly id: string; readonly order: number }[]> {
    return this.sides("sync-waiting");
  }

  /** The same of those that never leave this computer, with what the server has of them. */
  held(): Promise<readonly { readonly id: string; readonly order: number; readonly rev: string }[]> {
    return this.sides("sync-held");
  }

  /** What is left of erased records until the server knows. */
  async erasures(): Promise<readonly Erasure[]> {
    const sides = await this.parts.table.ofType("sync-erased");
    return sides.map(({ id, rev, order }) => ({ id: recordIdOfSide(id), rev, order }));
  }

  /** Every stored record, in parts, to build from nothing what is otherwise kept in memory. */
  async *scan(): AsyncGenerator<readonly StoredRecord[]> {
    for (let after = ""; ;) {
      const rows = await this.parts.table.all(CHUNK, after);
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
      const ids = rows.filter(isRecordRow).map(({ id }) => id);
      yield [...(await this.load(ids)).values()];
    }
  }

  /** Takes what is to be stored; from here on it is read. */
  enqueue(batch: StoreBatch): void {
    this.batches.push(batch);
    for (const write of batch.writes) this.pending.set(write.id, write);
    for (const [name, text] of batch.states) this.pendingStates.set(name, text);
    // A failure is told when the rows are written.
    together(batch.writes, (write) => this.rowsFor(write)).catch(() => undefined);
    if (this.isWriting) return;
    this.isWriting = true;
    this.writing = this.writeAll();
  }

  /** Resolves when there is room for more, at once as a rule; false while storing fails. */
  async room(): Promise<boolean> {
    const room = this.inBulk ? BULK_ROOM : ROOM;
    while (this.pending.size > room && !this.failing && this.isWriting) await this.parted();
    return this.pending.size <= room;
  }

  /** Resolves when all is stored, or with false as soon as an attempt fails. */
  async settled(): Promise<boolean> {
    while (this.isWriting && !this.failing) await this.parted();
    return this.pending.size === 0 && !this.failing;
  }

  /** Tries once more to store what is pending, then closes. */
  async close(): Promise<void> {
    this.closed = true;
    this.endPause?.();
    await this.writing;
    await this.parts.table.close();
  }

  private get chunk(): number {
    return this.inBulk ? BULK_CHUNK : CHUNK;
  }

  private async sides(
    type: SideType,
  ): Promise<readonly { readonly id: string; readonly order: number; readonly rev: string }[]> {
    const sides = await this.parts.table.ofType(type);
    return sides.map(({ id, order, rev }) => ({ id: recordIdOfSide(id), order, rev }));
  }

  private progress: (() => void)[] = [];

  private parted(): Promise<void> {
    return new Promise((resolve) => this.progress.push(resolve));
  }

  private tellProgress(): void {
    for (const resolve of this.progress.splice(0)) resolve();
  }

  private async writeAll(): Promise<void> {
    for (let wait = FIRST_RETRY; this.batches.length > 0;) {
      const taken = this.take();
      try {
        await this.write(taken);
        this.forget(taken);
        wait = FIRST_RETRY;
        this.report(null);
      } catch (error) {
        this.batches.unshift(...taken);
        this.report(error instanceof Error ? error.message : String(error));
        if (this.closed) break;
        await this.pause(wait);
        wait = Math.min(wait * 2, LAST_RETRY);
      }
      this.tellProgress();
    }
    this.isWriting = false;
    this.tellProgress();
  }

  /** As many whole batches as fit into one transaction, at least one. */
  private take(): StoreBatch[] {
    const { chunk } = this;
    let size = 0;
    const count = this.batches.findIndex((batch, index) => {
      size += batch.writes.length;
      return index > 0 && size > chunk;
    });
    return this.batches.splice(0, count < 0 ? this.batches.length : count);
  }

  private async write(batches: readonly StoreBatch[]): Promise<void> {
    const writes = joined(batches);
    const { chunk } = this;
    const applied = batches.at(-1)?.applied;
    for (let from = 0; from + chunk < writes.length; from += chunk) {
      await this.writeRows(writes.slice(from, from + chunk), []);
    }
    const rest = writes.slice(Math.max(0, Math.ceil(writes.length / chunk) - 1) * chunk);
    const states = new Map(batches.flatMap((batch) => [...batch.states]));
    if (applied) states.set(APPLIED, JSON.stringify(applied));
    await this.writeRows(rest, [...states]);
  }

  private rowsFor(write: RecordWrite): Promise<readonly RowWrite[]> {
    const known = this.rows.get(write);
    if (known) return known;
    const made = rowsOf(write, this.parts.sealer);
    this.rows.set(write, made);
    made.catch(() => this.rows.delete(write));
    return made;
  }

  private async writeRows(
    writes: readonly RecordWrite[],
    states: readonly (readonly [name: string, text: string])[],
  ): Promise<void> {
    const { sealer, table } = this.parts;
    const rows = await together(writes, (write) => this.rowsFor(write));
    const stateRows = await together(states, async ([name, text]): Promise<RowWrite> => {
      const label = { id: stateIdOf(name), type: STATE, v: 1 };
      const sealed = await sealer.seal(text, label);
      return { kind: "put", fresh: false, row: { ...label, bin: 0, order: 0, rev: "", sealed } };
    });
    await table.write([...rows.flat(), ...stateRows]);
  }

  private forget(batches: readonly StoreBatch[]): void {
    for (const { writes, states } of batches) {
      for (const write of writes) if (this.pending.get(write.id) === write) this.pending.delete(write.id);
      for (const [name, text] of states) if (this.pendingStates.get(name) === text) this.pendingStates.delete(name);
    }
  }

  private report(detail: string | null): void {
    if (detail === null && !this.failing) return;
    this.failing = detail !== null;
    this.parts.onTrouble(detail);
  }

  private pause(ms: number): Promise<void> {
    this.tellProgress();
    return new Promise((resolve) => {
      const cancel = this.parts.clock.schedule(ms, resolve);
      this.endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** One write per record: a transaction must not name a row twice. */
function joined(batches: readonly StoreBatch[]): readonly RecordWrite[] {
  const [only, ...others] = batches;
  if (only && others.length === 0 && new Set(only.writes.map(({ id }) => id)).size === only.writes.length) {
    return only.writes;
  }
  const byId = new Map<string, RecordWrite>();
  for (const write of batches.flatMap(({ writes }) => writes)) {
    const earlier = byId.get(write.id);
    byId.set(write.id, earlier ? joinWrites(earlier, write) : write);
  }
  return [...byId.values()];
}

function isRecordRow({ id }: Row): boolean {
  return !id.startsWith("sync:") && !id.startsWith("state:");
}
