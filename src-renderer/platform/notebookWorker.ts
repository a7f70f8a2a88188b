import { PORTS_MESSAGE } from "../../src-main/shared/ipc";
import { connect, type Client } from "../../src-main/shared/rpc";
import { notebookContract, type NotebookContract } from "../ports/notebook";
import { wireOf } from "../ports/wires";
import type { MainClient } from "./bridge";
import { RestartingClient, type RunningWorker } from "./restartingClient";

export interface NotebookWorker {
  readonly client: Client<NotebookContract>;
  /** Ends the worker and everything under way in it. */
  stop(): void;
}

/**
 * Starts the worker that owns the data, and another one in its place if it dies. `onCrash` is told of an error that
 * nothing in the worker caught, and of a worker that dies again and again. Main has no ports to give before the notebook
 * is open: they are asked for when `whenOpen` settles, while the worker's script is being loaded.
 */
export function startNotebookWorker(
  main: MainClient,
  onCrash: (detail: string) => void,
  whenOpen: Promise<unknown>,
): NotebookWorker {
  /** A death that main tells of before the ports have come is that of an earlier page's worker. */
  let hasPorts = false;
  const client = new RestartingClient(
    () => {
      hasPorts = false;
      return runWorker(main, onCrash, whenOpen, () => {
        hasPorts = true;
      });
    },
    () => performance.now(),
    () => {
      onCrash("the notebook worker ends again and again");
    },
  );
  const stopListening = main.on("notebook:gone", () => {
    if (hasPorts) client.restart();
  });
  return {
    client,
    stop: () => {
      stopListening();
      client.dispose();
    },
  };
}

/**
 * One worker with main's two ports, `[ledger, gateway]`: asked of main, they arrive as a window message of the type
 * `PORTS_MESSAGE` and are passed on as they are.
 */
function runWorker(
  main: MainClient,
  onCrash: (detail: string) => void,
  whenOpen: Promise<unknown>,
  onPorts: () => void,
): RunningWorker {
  const worker = new Worker(new URL("../workers/notebook/main.ts", import.meta.url), {
    type: "module",
    name: "notebook",
  });
  const passPortsOn = (message: MessageEvent<unknown>): void => {
    if (message.source !== window || message.data !== PORTS_MESSAGE || message.ports.length !== 2) return;
    window.removeEventListener("message", passPortsOn);
    onPorts();
    worker.postMessage(PORTS_MESSAGE, [...message.ports]);
  };
  window.addEventListener("message", passPortsOn);
  worker.addEventListener("error", (event) => {
    onCrash(event.message);
  });
  let isStopped = false;
  void whenOpen.then(() => {
    if (!isStopped) void main.invoke("notebook:ports", {});
  });

  const client = connect(wireOf(worker), notebookContract);
  return {
    client,
    stop: () => {
      isStopped = true;
      window.removeEventListener("message", passPortsOn);
      client.dispose("notebook worker stopped");
      worker.terminate();
    },
  };
}
