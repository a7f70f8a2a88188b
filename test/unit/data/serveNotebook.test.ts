import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionInfo, GatewayContract } from "../../../src-main/shared/gateway";
import { connect, type Client, type Wire } from "../../../src-main/shared/rpc";
import type { Edit } from "../../../src-renderer/domain/edit";
import { plainSealer } from "../../support/plainSealer";
import { notebookContract } from "../../../src-renderer/ports/notebook";
import { wireOfPort } from "../../../src-renderer/ports/wires";
import { serveNotebook, type NotebookWorkerParts } from "../../../src-renderer/workers/notebook/serveNotebook";
import { closeTables, ledgerClient, memoryTable, StillClock } from "../../support/notebookDevice";
import { MemoryLedger } from "../../support/memoryLedger";

const ends: (() => void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await closeTables();
});

/** A worker behind a real message channel, with an engine that only notes where it was started. */
function startWorker(openTable: NotebookWorkerParts["openTable"] = memoryTable) {
  const { port1, port2 } = new MessageChannel();
  const started: string[] = [];
  let listener: (payload: { connection: ConnectionInfo | null }) => void = () => undefined;
  const gateway = {
    request: (name: string) => {
      if (name !== "connection") started.push(`gateway ${name}`);
      return Promise.resolve(null);
    },
    on: (_: string, given: typeof listener) => {
      listener = given;
      return () => undefined;
    },
    dispose: () => undefined,
  } as unknown as Client<GatewayContract>;
  const parts: NotebookWorkerParts = {
    openTable,
    removeTable: () => Promise.resolve(),
    ledger: ledgerClient(new MemoryLedger()),
    gateway,
    sealer: plainSealer,
    clock: new StillClock(),
    version: "1.0.0",
    readShipped: () => Promise.resolve("[]"),
    log: () => undefined,
    createEngine: () => ({
      start: (notebook) => started.push(notebook),
      stop: () => Promise.resolve(void started.push("stopped")),
      syncNow: () => started.push("now"),
      retry: (id, direction) => Promise.resolve(void started.push(`${direction} ${id}`)),
      status: () => ({ kind: "not-connected", waiting: 0 }),
      onStatus: () => () => undefined,
      dispose: () => Promise.resolve(),
    }),
  };
  const wire: Wire = wireOfPort(port2);
  const server = serveNotebook(wire, () => Promise.resolve(parts));
  const client = connect(wireOfPort(port1), notebookContract);
  ends.push(() => {
    server.dispose();
    client.dispose();
    port1.close();
    port2.close();
  });
  return { client, started, tell: (connection: ConnectionInfo | null) => listener({ connection }) };
}

describe("the notebook worker", () => {
  it("opens, begins, saves and tells of changes over its port", async () => {
    const { client } = startWorker();
    const changed: unknown[] = [];
    client.on("changed", ({ records }) => changed.push(...records));
    expect(await client.request("open", {})).toEqual({
      kind: "open",
      identity: null,
      replayed: 0,
      damagedFiles: [],
      rebuilt: null,
      isRebuilding: false,
    });
    expect(await client.request("begin", { name: "  Wei " })).toMatchObject({ ok: true, value: { name: "Wei" } });
    const edit: Edit = { kind: "create", id: "contact:a", type: "contact", visibility: "project", changes: [] };
    expect(await client.request("edit", { edit })).toEqual({ ok: true, value: null });
    expect((await client.request("read", { id: "contact:a" }))?.record.id).toBe("contact:a");
    expect((await client.request("list", { type: "contact" })).total).toBe(1);
    expect(changed).toContainEqual({ id: "contact:a", type: "contact", origin: "local" });
    expect(await client.request("readings", { text: "单磊", kind: "name" })).toContain("Shàn Lěi");
    expect(await client.request("flush", {})).toBeNull();
  });

  it("says why it cannot open, and opens when asked again after the cause is gone", async () => {
    let fails = true;
    const { client } = startWorker(() => (fails ? Promise.reject(new Error("no space")) : memoryTable()));
    expect(await client.request("open", {})).toEqual({
      kind: "failed",
      failure: { kind: "store-failed", detail: "no space" },
    });
    await expect(client.request("list", { type: "contact" })).rejects.toThrow("store-failed");
    fails = false;
    expect(await client.request("open", {})).toMatchObject({ kind: "open" });
  });

  it("syncs with the connected notebook from the first identity on, and stops with the connection", async () => {
    const { client, started, tell } = startWorker();
    await client.request("open", {});
    const connection = { address: "https://server/", database: "team", user: "wei" };
    tell(connection);
    expect(started).toEqual([]);
    await client.request("begin", { name: "Wei" });
    expect(started).toEqual(["https://server/team"]);
    tell(connection);
    expect(started.at(-1)).toBe("now");
    await client.request("syncNow", {});
    expect(started.slice(-2)).toEqual(["gateway tryAgain", "now"]);
    tell(null);
    expect(started.at(-1)).toBe("stopped");
  });
});
