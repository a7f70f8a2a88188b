import { PORTS_MESSAGE } from "../../src-main/shared/ipc";
import { connect, type Client } from "../../src-main/shared/rpc";
import { notebookContract, type NotebookContract } from "../ports/notebook";
import { wireOf } from "../ports/wires";
import type { MainClient } from "./bridge";

export interface NotebookWorker {
  readonly client: Client<NotebookContract>;
  /** Ends the worker and everything under way in it. */
  stop(): void;
}

/**
 * Starts the worker that owns the data and hands it main's two ports, `[ledger, gateway]`: asked of main, they arrive
 * as a window message of the type `PORTS_MESSAGE` and are passed on as they are. `onCrash` is told of an error that
 * nothing in the worker caught.
 */
export function startNotebookWorker(main: MainClient, onCrash: (detail: string) => void): NotebookWorker {
  const worker = new Worker(new URL("../workers/notebook/main.ts", import.meta.url), {
    type: "module",
    name: "notebook",
  });
  const passPortsOn = (message: MessageEvent<unknown>): void => {
    if (message.source !== window || message.data !== PORTS_MESSAGE || message.ports.length !== 2) return;
    window.removeEventListener("message", passPortsOn);
    worker.postMessage(PORTS_MESSAGE, [...message.ports]);
  };
  window.addEventListener("message", passPortsOn);
  worker.addEventListener("error", (event) => {
    onCrash(event.message);
  });
  void main.invoke("notebook:ports", {});

  const client = connect(wireOf(worker), notebookContract);
  return {
    client,
    stop: () => {
      window.removeEventListener("message", passPortsOn);
      client.dispose("notebook worker stopped");
      worker.terminate();
    },
  };
}
