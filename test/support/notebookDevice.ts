import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { ledgerHandlers, type Ledger } from "../../src-main/ledger/ledger";
import { ledgerContract, type LedgerContract } from "../../src-main/shared/ledger";
import { success } from "../../src-main/shared/result";
import type { Client } from "../../src-main/shared/rpc";
import type { Clock } from "../../src-renderer/data/clock";
import type { Notebook } from "../../src-renderer/data/notebook";
import { openNotebook } from "../../src-renderer/data/openNotebook";
import { openRecordsCollection, type RowTable } from "../../src-renderer/data/recordsCollection";
import { plainSealer } from "./plainSealer";
import type { ShippedFile } from "../../src-renderer/data/shipped";
import type { ChangedRecord } from "../../src-renderer/data/effects";
import type { HistoryState } from "../../src-renderer/ports/notebook";
import type { SaveFailure } from "../../src-renderer/domain/saveFailure";
import { MemoryLedger } from "./memoryLedger";

/** A clock that stands until it is moved. */
export class StillClock implements Clock {
  private time = Date.parse("2026-11-22T08:00:00.000Z");
  private readonly tasks = new Set<{ readonly at: number; readonly task: () => void }>();

  now(): number {
    return this.time;
  }

  schedule(ms: number, task: () => void): () => void {
    const scheduled = { at: this.time + ms, task };
    this.tasks.add(scheduled);
    return () => this.tasks.delete(scheduled);
  }

  /** Runs what is due on the way, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.tasks.delete(next);
      this.time = Math.max(this.time, next.at);
      next.task();
    }
    this.time = end;
  }
}

/** Counts every step between the worker and what outlives it, and can end the worker before any of them. */
export class Life {
  private steps = 0;
  private killed = false;

  constructor(private endsAfter = Number.POSITIVE_INFINITY) {}

  get isOver(): boolean {
    return this.killed;
  }

  get stepsTaken(): number {
    return this.steps;
  }

  end(): void {
    this.killed = true;
  }

  /** Ends after so many more steps. */
  endWithin(steps: number): void {
    this.endsAfter = this.steps + steps;
  }

  /** Does the work, unless life ends before it; the answer is lost if it ends right after. */
  async step<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.pass();
    const value = await work();
    await this.pass();
    return value;
  }

  private pass(): Promise<void> {
    this.steps += 1;
    if (this.steps > this.endsAfter) this.killed = true;
    return this.killed ? new Promise(() => undefined) : Promise.resolve();
  }
}

export interface DeviceParts {
  readonly ledger?: MemoryLedger;
  readonly table?: DeviceTable;
  readonly clock?: StillClock;
  readonly life?: Life;
  readonly host?: DeviceHost;
  /** Texts of shipped files; the others hold empty lists. */
  readonly shipped?: Partial<Record<ShippedFile, string>>;
}

/** One computer's notebook without a window: what outlives a kill (`ledger`, `table`) and what does not. */
export interface Device<Kept extends Ledger = MemoryLedger> {
  readonly notebook: Notebook;
  readonly ledger: Kept;
  readonly table: DeviceTable;
  readonly clock: StillClock;
  readonly life: Life;
  readonly changed: ChangedRecord[];
  readonly troubles: (SaveFailure | null)[];
  readonly histories: HistoryState[];
  readonly noteChanges: { readonly note: string; readonly update: Uint8Array }[];
  readonly logged: string[];
}

let names = 0;

const openTables: RowTable[] = [];

/** A table in memory that can be removed and made anew under the hands of who has it. */
export interface MemoryTable extends RowTable {
  empty(): Promise<void>;
}
/** One without `empty` cannot be removed. */
export type DeviceTable = RowTable & Partial<Pick<MemoryTable, "empty">>;

export async function memoryTable(): Promise<MemoryTable> {
  const open = (): Promise<RowTable> => openRecordsCollection(getRxStorageMemory(), `memory-${++names}`);
  let inner = await open();
  const table: MemoryTable = {
    get: (ids) => inner.get(ids),
    write: (writes) => inner.write(writes),
    ofType: (type) => inner.ofType(type),
    all: (limit, after) => inner.all(limit, after),
    close: () => inner.close(),
    empty: async () => {
      await inner.close();
      inner = await open();
    },
  };
  openTables.push(table);
  return table;
}

/** RxDB refuses more than a dozen open collections: call it after each test. */
export async function closeTables(): Promise<void> {
  await Promise.all(openTables.splice(0).map((table) => table.close()));
}

/** What a worker asks of main besides the ledger itself. */
export interface DeviceHost {
  /** The notebook was copied here, until the worker has taken a place of its own. */
  copied: boolean;
  /** Reasons for which another place for the store was asked for. */
  readonly renewals: string[];
}

/** The worker's client of a ledger, without wires between. */
export function ledgerClient(
  ledger: Ledger,
  life = new Life(),
  host: DeviceHost = { copied: false, renewals: [] },
): Pick<Client<LedgerContract>, "request"> {
  const handlers = ledgerHandlers({
    ledger: () => Promise.resolve(success(ledger)),
    backup: () => null,
    host: {
      copied: () => host.copied,
      placeTaken: () => {
        host.copied = false;
        return Promise.resolve();
      },
      storeKey: () => new Uint8Array(32),
      renewStore: (reason) => {
        host.renewals.push(reason);
        return Promise.resolve();
      },
    },
  });
  const { signal } = new AbortController();
  return {
    request: (name, args) =>
      life.step(async () => {
        const handle = handlers[name] as (args: unknown, context: { signal: AbortSignal }) => unknown;
        return (await handle(ledgerContract.requests[name].args.parse(args), { signal })) as never;
      }),
  };
}

export function openDevice(parts: DeviceParts = {}): Promise<Device> {
  return openDeviceOn(parts.ledger ?? new MemoryLedger(), parts);
}

/** A device on any ledger, such as one on the disk. */
export async function openDeviceOn<Kept extends Ledger>(
  ledger: Kept,
  parts: Omit<DeviceParts, "ledger"> = {},
): Promise<Device<Kept>> {
  const { clock = new StillClock(), life = new Life(), shipped = {}, host } = parts;
  const table = parts.table ?? (await memoryTable());
  const changed: ChangedRecord[] = [];
  const troubles: (SaveFailure | null)[] = [];
  const histories: HistoryState[] = [];
  const noteChanges: { readonly note: string; readonly update: Uint8Array }[] = [];
  const logged: string[] = [];
  const opened = await openNotebook({
    openTable: () => Promise.resolve(mortal(table, life)),
    removeTable: () => life.step(() => table.empty?.() ?? Promise.reject(new Error("cannot be removed"))),
    ledger: ledgerClient(ledger, life, host),
    sealer: plainSealer,
    clock,
    readShipped: (file) => Promise.resolve(shipped[file] ?? "[]"),
    onChanged: (records) => changed.push(...records),
    onNoteChanged: (note, update) => noteChanges.push({ note, update }),
    onQuarantine: () => undefined,
    onHistory: (state) => histories.push(state),
    onTrouble: (failure) => troubles.push(failure),
    log: (event) => logged.push(event),
  });
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.failure)}`);
  return { notebook: opened.value, ledger, table, clock, life, changed, troubles, histories, noteChanges, logged };
}

/** A device whose user has given a name. */
export async function begunDevice(parts: DeviceParts = {}): Promise<Device> {
  const device = await openDevice(parts);
  const begun = await device.notebook.begin("Wei");
  if (!begun.ok) throw new Error(begun.failure.kind);
  return device;
}

/** Ends the worker as a kill does, and opens the notebook again on what is left. */
export async function reopened(device: Device, parts: DeviceParts = {}): Promise<Device> {
  device.life.end();
  return openDevice({ ledger: device.ledger, table: device.table, clock: device.clock, ...parts });
}

/** A table whose every answer may be the last thing that happens in a life. */
export function mortal(table: RowTable, life: Life): RowTable {
  return {
    get: (ids) => life.step(() => table.get(ids)),
    write: (writes) => life.step(() => table.write(writes)),
    ofType: (type) => life.step(() => table.ofType(type)),
    all: (limit, after) => life.step(() => table.all(limit, after)),
    close: () => Promise.resolve(),
  };
}
