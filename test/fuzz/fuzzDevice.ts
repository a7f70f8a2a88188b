import type { Clock } from "../../src-renderer/data/clock";
import { entryText } from "../../src-renderer/data/ledgerEntries";
import type { Notebook } from "../../src-renderer/data/notebook";
import { openNotebook } from "../../src-renderer/data/openNotebook";
import { createSyncEngine, type SyncEngine } from "../../src-renderer/sync/engine";
import { Life, ledgerClient, mortal, type MemoryTable } from "../support/notebookDevice";
import { plainSealer } from "../support/plainSealer";
import { Desk } from "./desk";
import type { Dice } from "./dice";
import type { Line } from "./network";
import type { Simulation } from "./simulation";
import type { WatchedLedger } from "./watchedLedger";

/** Ends at a step that is set while it lasts. */
class FuzzLife extends Life {
  #left = Number.POSITIVE_INFINITY;

  endAfter(steps: number): void {
    this.#left = steps;
  }

  override async step<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.#tick();
    const value = await work();
    await this.#tick();
    return value;
  }

  #tick(): Promise<void> {
    this.#left -= 1;
    if (this.#left <= 0) this.end();
    return this.isOver ? new Promise(() => undefined) : Promise.resolve();
  }
}

export interface DeviceParts {
  readonly name: string;
  readonly simulation: Simulation;
  readonly ledger: WatchedLedger;
  readonly table: MemoryTable;
  readonly line: Line;
  readonly dice: Dice;
  /** Texts of shipped files. */
  readonly organisations: string;
  readonly onException: (error: unknown) => void;
}

/** What runs between a start and an end of the app. */
interface Running {
  readonly life: FuzzLife;
  readonly notebook: Notebook;
  readonly engine: SyncEngine;
  readonly desk: Desk;
}

/** One computer: what outlives a kill (ledger, store, line) and the app that runs on it. */
export class FuzzDevice {
  readonly parts: DeviceParts;
  /** What its clock is wrong by, in ms. */
  clockError = 0;
  /** Whether its person wants it to sync. */
  isConnected = true;
  #running: Running | undefined;
  #isStarting = false;
  #life = new FuzzLife();

  constructor(parts: DeviceParts) {
    this.parts = parts;
  }

  get name(): string {
    return this.parts.name;
  }

  /** The app, if it runs and is not about to end. */
  get running(): Running | undefined {
    return this.#running && !this.#running.life.isOver ? this.#running : undefined;
  }

  get isDead(): boolean {
    return this.#life.isOver;
  }

  get isStarting(): boolean {
    return this.#isStarting && !this.#life.isOver;
  }

  /** The notebook of a person who has given a name, before the first start. */
  async begin(): Promise<void> {
    const { name, ledger, simulation } = this.parts;
    const author = `author:${name}` as const;
    const by = { author, device: `device-${name}` };
    const at = new Date(simulation.now).toISOString();
    const stamps = { createdAt: at, createdBy: by, updatedAt: at, updatedBy: by };
    const record = { id: author, type: "author", v: 1, ...stamps, visibility: "project" } as const;
    await ledger.append([
      await entryText({
        kind: "put",
        content: { kind: "known", record: { ...record, data: { name, devices: [] } } },
        gone: false,
      }),
      await entryText({ kind: "identity", identity: { author, name, device: by.device } }),
    ]);
  }

  async start(): Promise<void> {
    if (this.#isStarting && !this.#life.isOver) return;
    this.#isStarting = true;
    const life = new FuzzLife();
    this.#life = life;
    const { ledger, table, organisations, line, dice, name } = this.parts;
    const clock = this.#clock(life);
    const open: { desk?: Desk } = {};
    const opened = await openNotebook({
      openTable: () => Promise.resolve(mortal(table, life)),
      removeTable: () => life.step(() => table.empty()),
      ledger: ledgerClient(ledger, life),
      sealer: plainSealer,
      clock,
      readShipped: (file) => Promise.resolve(file === "organisations.json" ? organisations : "[]"),
      onChanged: () => undefined,
      onNoteChanged: (note, update) => open.desk?.changed(note, update),
      onQuarantine: () => undefined,
      onHistory: () => undefined,
      onTrouble: () => undefined,
      log: () => undefined,
    });
    if (!opened.ok) {
      // What refuses now (a full disk) may work at the next start.
      this.kill();
      return;
    }
    const notebook = opened.value;
    const desk = new Desk(notebook, () => 1 + dice.int(2 ** 31));
    open.desk = desk;
    const engine = createSyncEngine({
      store: notebook.syncStore,
      gateway: line,
      clock,
      random: () => dice.next(),
      newId: () => `server-${name}-${dice.int(2 ** 31)}`,
      version: "1.0.0",
      log: (event, detail) => {
        if (event === "sync: unexpected") this.parts.onException(detail);
      },
    });
    this.#running = { life, notebook, engine, desk };
    this.#isStarting = false;
    if (this.isConnected) engine.start("notebook");
  }

  /** The process ends before or after one of its next steps towards ledger and store. */
  killWithin(steps: number): void {
    this.#life.endAfter(steps);
  }

  /** A kill that was to come does not come any more. */
  spare(): void {
    this.#life.endAfter(Number.POSITIVE_INFINITY);
  }

  kill(): void {
    this.#life.end();
    this.parts.line.forget();
    this.#running = undefined;
    this.#isStarting = false;
  }

  /** A proper end: everything is saved first. */
  async quit(): Promise<void> {
    const running = this.running;
    if (!running) return;
    await running.desk.saveAll();
    await running.engine.dispose();
    await running.notebook.flush();
    this.kill();
  }

  /** The app ends and what it had stored is gone; the ledger is not. */
  async loseStore(): Promise<void> {
    this.kill();
    await this.parts.table.empty();
  }

  connect(wanted: boolean): void {
    this.isConnected = wanted;
    const engine = this.running?.engine;
    if (wanted) engine?.start("notebook");
    else void engine?.stop();
  }

  #clock(life: Life): Clock {
    const { simulation } = this.parts;
    return {
      now: () => simulation.now + this.clockError,
      schedule: (ms, task) =>
        simulation.schedule(ms, () => {
          if (!life.isOver) task();
        }),
    };
  }
}
