import { sameJson, type JsonObject } from "../../src-renderer/domain/jsonValue";
import { keptId } from "../../src-renderer/domain/kept";
import { memoryTable, type MemoryTable } from "../support/notebookDevice";
import type { Action, History } from "./actions";
import { Dice } from "./dice";
import { FuzzDevice } from "./fuzzDevice";
import type { Asked, FuzzServer } from "./fuzzServer";
import { fair, Line, Network, type Weather } from "./network";
import { workOnNote } from "./noteActions";
import { Oracle } from "./oracle";
import { editFor, shippedSlugs, type Supply } from "./recordActions";
import type { Simulation } from "./simulation";
import { TraceHash } from "./traceHash";
import { tokenOf, type Held } from "./tokens";
import { WatchedLedger } from "./watchedLedger";

const names = ["Beijing", "Brussels", "Chengdu", "Delft"] as const;

const storm: Weather = {
  lost: 0.08,
  answerLost: 0.08,
  hangs: 0.03,
  refused: 0.08,
  portal: 0.02,
  twice: 0.05,
  oneRefused: 0.05,
};

export interface WorldParts {
  readonly simulation: Simulation;
  readonly server: FuzzServer;
  /** Where the rows of a device are stored. */
  readonly openTable?: () => Promise<MemoryTable>;
}

/** The devices, the line and the server of one history, and the oracle that watches them. */
export class World implements Supply {
  readonly simulation: Simulation;
  readonly server: FuzzServer;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly devices: FuzzDevice[] = [];
  readonly trace = new TraceHash();
  readonly log: string[] = [];
  readonly done = new Map<string, number>();
  #supplied = 0;
  #copy: unknown;

  constructor(
    readonly history: History,
    private readonly parts: WorldParts,
  ) {
    this.simulation = parts.simulation;
    this.server = parts.server;
    this.oracle = new Oracle(() => this.simulation.now);
    this.network = new Network({
      simulation: this.simulation,
      server: this.server,
      onRequest: (device, asked) => {
        this.#requested(device, asked);
      },
    });
  }

  next(): number {
    return ++this.#supplied;
  }

  async begin(): Promise<void> {
    const organisations = JSON.stringify(
      shippedSlugs.map((id) => ({ id, nameEn: id.toUpperCase(), nameZh: "总局", level: "ministerial" })),
    );
    for (const [index, name] of names.slice(0, this.history.devices).entries()) {
      const dice = new Dice(this.history.seed * 31 + index);
      const line = new Line(this.network, name, dice);
      const device = new FuzzDevice({
        name,
        simulation: this.simulation,
        ledger: new WatchedLedger((entries) => {
          for (const entry of entries) {
            this.trace.add(entry);
            const { kind, state } = JSON.parse(entry) as { kind: string; state?: { counter: number } };
            if (kind === "server" && state) line.keeps(state.counter);
          }
          this.oracle.appended(name, entries);
        }),
        table: await (this.parts.openTable ?? memoryTable)(),
        line,
        dice,
        organisations,
        onException: (error) => {
          this.fault(`exception: ${name}: ${String(error)}`);
        },
      });
      this.devices.push(device);
      await device.begin();
      await this.simulation.until(device.start());
    }
  }

  fault(text: string): void {
    this.oracle.faults.push(text);
  }

  say(text: string): void {
    this.log.push(`${new Date(this.simulation.now).toISOString().slice(11, 23)} ${text}`);
  }

  /** One step: begins what a person or fate does; it goes on while the next steps come. */
  async act(action: Action): Promise<void> {
    await this.simulation.advance(action.after);
    for (const device of this.devices) if (device.isDead) this.#bury(device);
    const device = this.devices[action.device % this.devices.length];
    if (!device) return;
    const dice = new Dice(action.dice);
    this.done.set(action.kind, (this.done.get(action.kind) ?? 0) + 1);
    if (action.kind === "wait") return this.simulation.advance(dice.int(20_000));
    if (action.kind === "longWait") return this.simulation.advance(dice.int(1_200_000));
    if (action.kind === "storeLost") {
      this.say(`${device.name} loses its store`);
      // The emptying takes time of the process, which must not be time of the history.
      await device.loseStore();
      this.#start(device);
      return;
    }
    this.#perform(action, device, dice).catch((error: unknown) => {
      this.fault(
        `exception: ${action.kind} on ${device.name}: ${error instanceof Error ? error.stack : String(error)}`,
      );
    });
  }

  /** After a kill somebody starts the app again. */
  #bury(device: FuzzDevice): void {
    device.kill();
    const dice = new Dice(this.simulation.now % 2 ** 31);
    this.simulation.schedule(dice.int(5_000), () => {
      if (!device.running && !device.isStarting) this.#start(device);
    });
  }

  #start(device: FuzzDevice): void {
    device.start().catch((error: unknown) => {
      this.fault(`exception: start of ${device.name}: ${error instanceof Error ? error.stack : String(error)}`);
    });
  }

  #requested(device: string, asked: Asked): void {
    this.trace.add(`${device} ${asked.method} ${asked.path} ${asked.body ?? ""}`);
    if (asked.path === "_bulk_docs" && asked.body !== undefined) this.oracle.sent(device, asked.body);
  }

  async #perform(action: Action, device: FuzzDevice, dice: Dice): Promise<void> {
    const { kind } = action;
    const { running } = device;
    const { line } = device.parts;
    switch (kind) {
      case "type":
      case "cutText":
      case "splitLine":
      case "joinLines":
      case "heading":
      case "checkBox":
      case "moveText":
      case "undoTyping":
      case "redoTyping":
      case "closeNote": {
        const about = dice.pick(
          [...this.oracle.view(device.name).values()]
            .filter((held) => held.type !== "author" && held.deletedAt === undefined)
            .map(({ id }) => id)
            .sort()
            .slice(0, 6),
        ) as `contact:${string}` | undefined;
        if (!running || about === undefined) return;
        this.say(`${device.name} ${kind} in the note of ${about}`);
        if (kind === "closeNote") return running.desk.close(about);
        return workOnNote(kind, await running.desk.editor(about), dice, this);
      }
      case "undo":
      case "redo":
        this.say(`${device.name} ${kind}`);
        await (kind === "undo" ? running?.notebook.undo() : running?.notebook.redo());
        return;
      case "emptyBin": {
        if (!running) return;
        const bin = [...this.oracle.view(device.name).values()].filter((held) => held.deletedAt !== undefined);
        this.say(`${device.name} empties the bin of ${bin.map(({ id }) => id).join(" ")}`);
        const open = new Set<string>(running.desk.openNotes);
        for (const { id } of bin) if (open.has(id)) await running.desk.close(id as `contact:${string}`);
        await running.notebook.emptyBin(null);
        return;
      }
      case "connect":
      case "disconnect":
        device.connect(kind === "connect");
        return;
      case "lineDown":
      case "lineUp":
        line.isUp = kind === "lineUp";
        if (line.isUp && dice.chance(0.5)) line.wake();
        return;
      case "kill":
        this.say(`${device.name} is killed`);
        device.killWithin(1 + dice.int(12));
        return;
      case "quit":
        await device.quit();
        return;
      case "snapshotOfLedger":
        await running?.notebook.keepLedger();
        return;
      case "diskFull":
        device.parts.ledger.refuseAppends({ kind: "disk-full" });
        this.simulation.schedule(dice.int(20_000), () => {
          device.parts.ledger.refuseAppends(null);
        });
        return;
      case "clockJump":
        device.clockError = dice.chance(0.3) ? 0 : (dice.int(49) - 24) * 3_600_000;
        return;
      case "syncNow":
        running?.engine.syncNow();
        return;
      case "badWeather":
        this.network.weather = storm;
        return;
      case "goodWeather":
        this.network.weather = fair;
        return;
      case "serverDown":
        this.network.setServer(false);
        this.simulation.schedule(dice.int(60_000), () => {
          this.network.setServer(true);
        });
        return;
      case "cut":
        this.network.cut();
        return;
      case "serverCopied":
        this.#copy = this.server.snapshot();
        this.say("the server is copied");
        return;
      case "serverRestored":
        this.#restoreServer();
        return;
      case "serverAnew":
        this.say("the server is made anew");
        this.network.cut();
        this.server.recreate();
        this.oracle.serverReplaced();
        return;
      case "compaction":
        this.server.compact();
        return;
      case "foreignLeaf":
        return this.#foreignLeaf(dice);
      default: {
        const edit = running && editFor(kind, this.oracle.view(device.name), dice, this);
        if (!edit) return;
        this.say(`${device.name} ${JSON.stringify(edit)}`);
        await running.desk.saveAll();
        await running.notebook.edit(edit);
      }
    }
  }

  /**
   * A copy is not seen to be older between an exchange and the mark that a device leaves after it (sync/README.md), so
   * it comes back only when all have left theirs and know it.
   */
  #restoreServer(): void {
    if (this.#copy === undefined || this.devices.some(({ parts }) => parts.line.isUnmarked)) return;
    this.say("the server is restored");
    this.network.cut();
    this.server.restore(this.#copy);
    this.oracle.serverReplaced();
  }

  /** Another client of CouchDB, which saw an earlier revision, leaves a leaf beside the winning one. */
  async #foreignLeaf(dice: Dice): Promise<void> {
    const id = dice.pick(
      [...this.oracle.view(this.devices[0]?.name ?? "").values()]
        .filter(({ type, visibility }) => type === "contact" && visibility !== "private")
        .map((held) => held.id)
        .sort(),
    );
    if (id === undefined) return;
    const read = await this.#ask(id, { revs: true });
    if (!read) return;
    const { start, ids } = read["_revisions"] as { readonly start: number; readonly ids: readonly string[] };
    const back = Math.min(dice.int(3), ids.length - 1);
    const rev = `${start - back}-${ids[back] ?? ""}`;
    const seen = await this.#ask(id, { rev });
    if (!seen || seen["_deleted"] === true) return;
    const { _rev: _, _id: __, _conflicts: ___, _revisions: ____, ...fields } = seen;
    const before = { ...fields, id } as unknown as Held;
    const data = { ...before.data, wechat: tokenOf(this.next()) };
    const after = { ...before, data, updatedAt: new Date(this.simulation.now).toISOString() };
    this.oracle.foreign(before, after);
    this.say(`another client changes ${id} at ${rev}: ${JSON.stringify(data)}`);
    const digest = keptId(rev, data).repeat(2);
    const { id: ___id, ...document } = after;
    const doc = {
      ...document,
      _id: id,
      _rev: `${start - back + 1}-${digest}`,
      _revisions: { start: start - back + 1, ids: [digest, ...ids.slice(back)] },
    };
    const body = JSON.stringify({ docs: [doc], new_edits: false });
    await this.network.serve({ method: "POST", path: "_bulk_docs", query: {}, body });
  }

  async #ask(path: string, query: Asked["query"]): Promise<JsonObject | undefined> {
    const { status, body } = await this.server.handle({ method: "GET", path, query, body: undefined });
    return status === 200 ? (JSON.parse(body) as JsonObject) : undefined;
  }

  /** What the server has under an id; undefined if nothing alive. */
  async onServer(id: string): Promise<JsonObject | undefined> {
    return this.#ask(id, { conflicts: true });
  }
}

/** Whether a document on the server is this record. */
export function isSameDocument(document: JsonObject, held: object): boolean {
  const { _id: id, _rev: _, _conflicts: __, ...fields } = document;
  return sameJson({ id, ...fields }, held);
}
