import type { KeysState } from "../../src-main/shared/keys";
import type { MainClient } from "../platform/bridge";
import { Listeners } from "../platform/listeners";
import { createNotebookSession, type NotebookSession } from "../platform/notebook";
import { startNotebookWorker, type NotebookWorker } from "../platform/notebookWorker";
import type { OpenState } from "../ports/notebook";

/** The notebook while its keys are there. */
export interface NotebookRun {
  /** Another one at every opening. */
  readonly number: number;
  readonly session: NotebookSession;
  /** The notebook's answer to being opened; the window shows itself meanwhile. */
  readonly opening: Promise<OpenState>;
  /** Settles, with a description, only if the worker breaks. */
  readonly crashed: Promise<string>;
}

export interface RunsState {
  /** Null until main has said it once. */
  readonly keys: KeysState | null;
  /** Null while the notebook is not open. */
  readonly run: NotebookRun | null;
}

interface Prepared {
  readonly worker: NotebookWorker;
  readonly crashed: Promise<string>;
  /** Lets the worker have main's ports. */
  readonly admit: () => void;
}

/**
 * Follows the keys: the notebook's worker runs while they are there, and ends with them. Main replaces the window when it
 * locks; should that ever fail, nothing of the notebook stays on screen.
 */
export class NotebookRuns {
  readonly #main: MainClient;
  readonly #startWorker: typeof startNotebookWorker;
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #prepared: Prepared | null;
  #running: Prepared | null = null;
  #opened = 0;
  #state: RunsState = { keys: null, run: null };

  /** The first worker loads its script while the keys are asked for, since opening takes longest. */
  constructor(main: MainClient, startWorker = startNotebookWorker) {
    this.#main = main;
    this.#startWorker = startWorker;
    this.#prepared = this.#prepare();
  }

  readonly snapshot = (): RunsState => this.#state;

  /** Asks main for the keys and listens from then on; for the life of the page. */
  async start(): Promise<void> {
    this.#main.on("keys:state", ({ state }) => {
      this.#follow(state);
    });
    const state = await this.#main.invoke("keys:state", {});
    // An event is newer than the answer that was on its way.
    if (this.#state.keys === null) this.#follow(state);
  }

  #follow(keys: KeysState): void {
    const { run } = this.#state;
    if (keys.kind === "open") this.#state = { keys, run: run ?? this.#open() };
    else {
      this.#state = { keys, run: null };
      this.#running?.worker.stop();
      this.#running = null;
    }
    this.#listeners.notify();
  }

  #open(): NotebookRun {
    const prepared = this.#prepared ?? this.#prepare();
    this.#prepared = null;
    this.#running = prepared;
    this.#opened += 1;
    prepared.admit();
    const { worker, crashed } = prepared;
    return {
      number: this.#opened,
      session: createNotebookSession(worker.client),
      opening: Promise.race([
        worker.client.request("open", {}),
        crashed.then((detail): OpenState => ({ kind: "failed", failure: { kind: "store-failed", detail } })),
      ]),
      crashed,
    };
  }

  #prepare(): Prepared {
    let onCrash: (detail: string) => void = () => undefined;
    const crashed = new Promise<string>((resolve) => {
      onCrash = resolve;
    });
    let admit: () => void = () => undefined;
    const whenOpen = new Promise<void>((resolve) => {
      admit = resolve;
    });
    return { worker: this.#startWorker(this.#main, onCrash, whenOpen), crashed, admit };
  }
}
