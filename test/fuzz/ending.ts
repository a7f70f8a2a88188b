import { sameJson } from "../../src-renderer/domain/jsonValue";
import { storedNotebook } from "../support/storedNotebook";
import type { FuzzDevice } from "./fuzzDevice";
import { fair } from "./network";
import { isSameDocument, type World } from "./world";
import type { Held } from "./tokens";

/** Longest time in which all must have the same once nothing is wrong any more, in ms. */
const PATIENCE = 1_800_000;

/** Takes every cause of trouble away, waits until all have the same, and compares everything with what must be there. */
export async function end(world: World): Promise<readonly string[]> {
  await heal(world);
  if (!(await settle(world))) world.fault(`stuck: ${world.devices.map(stateOf).join("; ")}`);
  const stores = new Map<string, ReadonlyMap<string, Held>>();
  const notes = new Map<string, string>();
  for (const device of world.devices) {
    if (!device.running) continue;
    await world.simulation.until(device.running.notebook.flush());
    const { records, texts } = await stored(world, device);
    stores.set(device.name, records);
    for (const [note, text] of texts) notes.set(note, text);
  }
  for (const id of world.oracle.notes.ids) {
    const text = notes.get(id);
    if (text === undefined && world.oracle.notes.wasErased(id)) continue;
    const fault = world.oracle.notes.faultOf(id, text ?? "");
    if (fault !== undefined) world.fault(`note ${id}: ${fault}`);
  }
  world.oracle.judge(stores);
  await compare(world, stores);
  for (const records of stores.values()) world.trace.add(JSON.stringify([...records.values()]));
  return world.oracle.faults;
}

async function heal(world: World): Promise<void> {
  const { network, simulation, devices } = world;
  network.weather = fair;
  network.setServer(true);
  for (const device of devices) {
    device.parts.ledger.refuseAppends(null);
    device.parts.line.isUp = true;
    device.isConnected = true;
    if (device.isDead) device.kill();
    else device.spare();
  }
  await simulation.advance(100_000);
  for (let time = 0; time < 5; time++) {
    for (const device of devices) {
      if (device.isDead) device.kill();
      if (!device.running) await simulation.until(device.start());
      if (!device.running) continue;
      await simulation.until(Promise.race([device.running.desk.saveAll(), rest(world, 5_000)]));
    }
  }
  for (const device of devices) {
    device.connect(true);
    device.parts.line.wake();
    device.running?.engine.syncNow();
  }
}

function rest({ simulation }: World, ms: number): Promise<void> {
  return new Promise((resolve) => simulation.schedule(ms, resolve));
}

/** Whether all devices came to rest with nothing to do. */
async function settle(world: World): Promise<boolean> {
  const { simulation, devices } = world;
  const until = simulation.now + PATIENCE;
  for (let calm = 0; calm < 3;) {
    if (simulation.now > until) return false;
    await simulation.advance(15_000);
    calm = devices.every(isAtRest) ? calm + 1 : 0;
  }
  return true;
}

function isAtRest({ running }: FuzzDevice): boolean {
  if (!running) return false;
  const { kind } = running.engine.status();
  return kind === "synced" && running.notebook.syncStore.waitingCount() === 0;
}

function stateOf({ name, running }: FuzzDevice): string {
  if (!running) return `${name} does not run`;
  const aside = JSON.stringify(running.notebook.quarantine());
  return `${name} ${JSON.stringify(running.engine.status())} aside ${aside.slice(0, 300)}`;
}

interface Stored {
  readonly records: ReadonlyMap<string, Held>;
  readonly texts: ReadonlyMap<string, string>;
}

interface StoredRow {
  readonly bin?: number;
  readonly content?: Held;
}

/** What lies in a device's store; what another client removed stays out of the comparison but not of the count. */
async function stored(world: World, device: FuzzDevice): Promise<Stored> {
  const rows = (await storedNotebook(device.parts.table)) as Readonly<Record<string, StoredRow>>;
  const records = new Map<string, Held>();
  const texts = new Map<string, string>();
  for (const [id, { content, bin }] of Object.entries(rows)) {
    if (!content || typeof content !== "object" || !("visibility" in content)) continue;
    const { visibility, data } = content;
    const isShared = visibility !== "private" && bin !== 2;
    if (typeof data["markdown"] === "string") texts.set(id, data["markdown"]);
    records.set(isShared ? id : `${id} (${device.name} alone)`, content);
  }
  return { records, texts };
}

/** All shared records are the same on all devices and on the server. */
async function compare(world: World, stores: ReadonlyMap<string, ReadonlyMap<string, Held>>): Promise<void> {
  const shared = new Map<string, Held>();
  for (const records of stores.values()) for (const [key, held] of records) if (key === held.id) shared.set(key, held);
  for (const [id, held] of shared) {
    for (const [name, records] of stores) {
      const theirs = records.get(id);
      if (!theirs || !sameJson(theirs, held))
        world.fault(`differs: ${id} on ${name}: ${JSON.stringify(theirs)} and ${JSON.stringify(held)}`);
    }
    const document = await world.onServer(id);
    if (!document || !isSameDocument(document, held))
      world.fault(`differs: ${id} on the server: ${JSON.stringify(document)} and ${JSON.stringify(held)}`);
    if (document?.["_conflicts"] !== undefined) world.fault(`differs: ${id} has leaves left on the server`);
  }
}
