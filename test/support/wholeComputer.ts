import * as Y from "yjs";
import { gatewayContract } from "../../src-main/shared/gateway";
import { connect, serve, type Client } from "../../src-main/shared/rpc";
import { systemClock } from "../../src-renderer/data/clock";
import { plainSealer } from "./plainSealer";
import type { Change } from "../../src-renderer/domain/edit";
import type { RecordId } from "../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { SyncStatus } from "../../src-renderer/domain/syncStatus";
import { notebookContract, type NotebookContract } from "../../src-renderer/ports/notebook";
import { wireOfPort } from "../../src-renderer/ports/wires";
import { createSyncEngine } from "../../src-renderer/sync/engine";
import { serveNotebook } from "../../src-renderer/workers/notebook/serveNotebook";
import { MemoryLedger } from "./memoryLedger";
import { ledgerClient, memoryTable } from "./notebookDevice";
import { openGateway, type OpenGateway } from "./openGateway";
import { seededRandom } from "./seededRandom";
import { quickLimits } from "./syncDevice";

/** One installation without windows: the app's gateway, worker, engine and store, joined by their real ports. */
export interface WholeComputer {
  readonly gateway: OpenGateway;
  /** What the page has of the worker. */
  readonly page: Client<NotebookContract>;
  set(id: RecordId, fields: Record<string, unknown>): Promise<void>;
  /** Puts text at the beginning of a note. */
  type(about: RecordId, text: string): Promise<void>;
  text(about: RecordId): Promise<string>;
  read(id: RecordId): Promise<object | undefined>;
  /** Waits for a status that fits. */
  until(fits: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** Ends the program; what was kept stays in `restart`'s hands. */
  restart(): Promise<WholeComputer>;
  dispose(): Promise<void>;
}

interface Kept {
  readonly ledger: MemoryLedger;
  readonly gateway: OpenGateway;
}

export async function startComputer(seed = 1, kept?: Kept): Promise<WholeComputer> {
  const gateway = kept?.gateway ?? (await openGateway());
  const ledger = kept?.ledger ?? new MemoryLedger();
  const random = seededRandom(seed);
  const toMain = new MessageChannel();
  const toWorker = new MessageChannel();
  const main = serve(wireOfPort(toMain.port1), gatewayContract, gateway.gateway.handlers());
  gateway.onConnection((connection) => {
    main.emit("connection", { connection });
  });
  const worker = serveNotebook(wireOfPort(toWorker.port1), () =>
    Promise.resolve({
      // The store is built from the ledger at every start, which restores what is known about servers too.
      openTable: memoryTable,
      removeTable: () => Promise.resolve(),
      ledger: ledgerClient(ledger) as never,
      gateway: connect(wireOfPort(toMain.port2), gatewayContract),
      sealer: plainSealer,
      clock: systemClock,
      readShipped: () => Promise.resolve("[]"),
      log: () => undefined,
      version: "1.0.0",
      createEngine: (parts) =>
        createSyncEngine({ ...parts, random: () => random() / 10, limits: { ...quickLimits, ...parts.limits } }),
    }),
  );
  const page = connect(wireOfPort(toWorker.port2), notebookContract);
  await page.request("open", {});
  if (!kept) await page.request("begin", { name: "Wei" });

  async function note(about: RecordId): Promise<Y.Doc> {
    const document = new Y.Doc();
    const { state } = await page.request("openNote", { about });
    Y.applyUpdate(document, state);
    await page.request("closeNote", { about });
    return document;
  }
  async function end(): Promise<void> {
    await page.request("flush", {});
    page.dispose();
    worker.dispose();
    main.dispose();
    for (const { port1, port2 } of [toMain, toWorker]) {
      port1.close();
      port2.close();
    }
  }

  return {
    gateway,
    page,
    set: async (id, fields) => {
      const changes = Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
      const type = id.slice(0, id.indexOf(":")) as "contact";
      const edit = { kind: "create", id, type, visibility: "project", changes } as const;
      const saved = await page.request("edit", { edit });
      if (!saved.ok) throw new Error(`not saved: ${saved.failure.kind}`);
    },
    type: async (about, text) => {
      const document = await note(about);
      const updates: Uint8Array<ArrayBuffer>[] = [];
      document.on("update", (update: Uint8Array) => updates.push(new Uint8Array(update)));
      document.getText(NOTE_TEXT).insert(0, text);
      for (const update of updates) await page.request("updateNote", { about, update });
    },
    text: async (about) => (await note(about)).getText(NOTE_TEXT).toJSON(),
    read: async (id) => (await page.request("read", { id }))?.record.data,
    until: (fits) => untilStatus(page, fits),
    restart: async () => {
      await end();
      return startComputer(seed, { ledger, gateway: await gateway.restart() });
    },
    dispose: async () => {
      await gateway.gateway.disconnect();
      await end();
      await gateway.dispose();
    },
  };
}

async function untilStatus(
  page: Client<NotebookContract>,
  fits: (status: SyncStatus) => boolean,
  within = 20_000,
): Promise<SyncStatus> {
  const seen: string[] = [];
  const end = Date.now() + within;
  for (;;) {
    const status = await page.request("syncStatus", {});
    if (fits(status)) return status;
    const text = JSON.stringify(status);
    if (seen.at(-1) !== text) seen.push(text);
    if (Date.now() > end) throw new Error(`no such status within ${within} ms; seen: ${seen.slice(-10).join(" ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
