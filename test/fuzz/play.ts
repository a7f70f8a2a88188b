import { closeTables } from "../support/notebookDevice";
import type { History } from "./actions";
import { end } from "./ending";
import { holdProcessClock, Simulation } from "./simulation";
import { ModelFuzzServer } from "./modelFuzzServer";
import { World, type WorldParts } from "./world";

export interface Outcome {
  readonly history: History;
  /** What was lost, doubled, different, stuck or thrown; empty if nothing. */
  readonly faults: readonly string[];
  /** Two runs of one history have the same. */
  readonly hash: string;
  /** What happened, in words, for whoever looks for the cause. */
  readonly log: readonly string[];
}

/** Plays a history from an empty server to its end. */
export async function play(history: History, parts: Partial<WorldParts> = {}): Promise<Outcome> {
  const { simulation = new Simulation(), server = new ModelFuzzServer(simulation, history.seed) } = parts;
  const world = new World(history, { ...parts, simulation, server });
  const letGo = holdProcessClock(simulation);
  try {
    await world.begin();
    for (const action of history.actions) await world.act(action);
    const faults = await end(world);
    return { history, faults: [...faults], hash: world.trace.toString(), log: world.log };
  } finally {
    for (const device of world.devices) device.kill();
    world.oracle.notes.dispose();
    await closeTables();
    letGo();
  }
}
