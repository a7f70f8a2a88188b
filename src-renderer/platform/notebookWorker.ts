import { PORTS_MESSAGE } from "../../src-main/shared/ipc";
import { connect, type Client, type Wire } from "../../src-main/shared/rpc";
import { notebookContract, type NotebookContract } from "../ports/notebook";
import type { MainClient } from "./bridge";

export interface NotebookWorker {
  readonly client: Client<NotebookContract>;
  /** Ends the worker and everything under way in it. */
  stop(): void;
}

/**
 * Starts the worker that owns the data and hands it main's two ports, `[ledger, gateway]`: asked of main, they arrive
 * as a window message and are passed on as they are, as the message `{ type: PORTS_MESSAGE }`. `onCrash` is told of an error nothing in the worker caught.
 */
export function startNotebookWorker(main: MainClient, onCrash: (detail: string) => void): NotebookWorker {
  const worker = new Worker(new URL("../workers/notebook/main.ts", import.meta.url), {
    type: "module",
    name: "notebook",
  });
  const passPortsOn = (message: MessageEvent<unknown>): void => {
    if (message.source !== window || !isPortsMessage(message.data) || message.ports.length !== 2) return;
    window.removeEventListener("message", passPortsOn);
    worker.postMessage({ type: PORTS_MESSAGE }, [...message.ports]);
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

function isPortsMessage(data: unknown): boolean {
  return typeof data === "object" && data !== null && "type" in data && data.type === PORTS_MESSAGE;
}

function wireOf(worker: Worker): Wire {
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (handler) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        handler(event.data);
      };
      worker.addEventListener("message", onMessage);
      return () => {
        worker.removeEventListener("message", onMessage);
      };
    },
  };
}
