import type { SyncStatus } from "../../src-renderer/domain/syncStatus";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import type { Limits } from "../../src-renderer/sync/limits";
import { createFakeSyncStore, type FakeSyncStore } from "./fakeSyncStore";
import { createNodeGateway, type NodeGateway, type NodeGatewayOptions } from "./nodeGateway";
import { seededRandom } from "./seededRandom";

/** One installation of the app, as far as the sync sees it. */
export interface SyncDevice {
  readonly name: string;
  readonly store: FakeSyncStore;
  readonly gateway: NodeGateway;
  readonly engine: SyncEngine;
  readonly log: string[];
  connect(): void;
  disconnect(): Promise<void>;
  dispose(): Promise<void>;
}

/** Short times, so that a test of minutes takes seconds; everything else as in the app. */
export const quickLimits: Partial<Limits> = {
  heartbeat: 300,
  listenSilence: 1_000,
  longestListen: 4_000,
  goodSession: 2_000,
  answerSilence: 1_500,
  pushInterval: 20,
  noteInterval: 200,
  counterQuiet: 50,
  conflictRest: 500,
};

export function createSyncDevice(
  name: string,
  server: NodeGatewayOptions,
  options: { readonly limits?: Partial<Limits>; readonly seed?: number } = {},
): SyncDevice {
  const store = createFakeSyncStore(`laptop-${name}`);
  const gateway = createNodeGateway(server);
  const random = seededRandom(options.seed ?? 1);
  const log: string[] = [];
  const engine = createSyncEngine({
    store,
    gateway,
    // A tenth of the time between attempts.
    random: () => random() / 10,
    limits: { ...quickLimits, ...options.limits },
    log: (event, detail) => log.push(`${event} ${JSON.stringify(detail ?? "")}`),
  });
  return {
    name,
    store,
    gateway,
    engine,
    log,
    connect: () => {
      engine.start(notebookKey(server));
    },
    disconnect: () => engine.stop(),
    dispose: () => engine.dispose(),
  };
}

/** Waits for a status that fits. */
export function until(
  engine: Pick<SyncEngine, "status" | "onStatus">,
  fits: (status: SyncStatus) => boolean,
  within = 15_000,
): Promise<SyncStatus> {
  return new Promise((resolve, reject) => {
    const seen: string[] = [];
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`no such status within ${within} ms; seen: ${seen.slice(-10).join(" ")}`));
    }, within);
    const look = (status: SyncStatus): boolean => {
      seen.push(JSON.stringify(status));
      if (!fits(status)) return false;
      clearTimeout(timer);
      stop();
      resolve(status);
      return true;
    };
    const stop = engine.onStatus(look);
    look(engine.status());
  });
}

export function isSynced(status: SyncStatus): boolean {
  return status.kind === "synced" && status.waiting === 0;
}

/** Looks again and again until it holds. */
export async function eventually(holds: () => void | Promise<void>, within = 15_000): Promise<void> {
  const end = Date.now() + within;
  for (;;) {
    try {
      await holds();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
