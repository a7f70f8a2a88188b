import type { Answer, Args, Client, EventName, Payload, RequestName } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import type { NotebookContract } from "../ports/notebook";

type Name = RequestName<NotebookContract>;
type Event = EventName<NotebookContract>;

/** A worker that runs, and the way to end it; ending rejects whatever it has not answered. */
export interface RunningWorker {
  readonly client: Client<NotebookContract>;
  stop(): void;
}

/**
 * What must not be done twice: whether the worker that died had done it is not known. All others ask, or say what is to be
 * true afterwards, and are asked again of the new worker: typed text and edits among them, which therefore reach the
 * ledger though the worker died over them.
 */
const onlyOnce: ReadonlySet<Name> = new Set<Name>(["undo", "redo"]);

/** Deaths so close together, in ms, and so many of them, are not mended by starting again. */
const CALM_AFTER = 30_000;
const MOST_RESTARTS = 3;

interface Subscription {
  readonly attach: (client: Client<NotebookContract>) => () => void;
  detach: () => void;
}

/** A client that outlives the workers behind it: listeners, open notes and unanswered requests go over to the next one. */
export class RestartingClient implements Client<NotebookContract> {
  #running: RunningWorker;
  readonly #subscriptions = new Set<Subscription>();
  readonly #noteListeners = new Set<(payload: Payload<NotebookContract, "noteChanged">) => void>();
  /** How many editors have each note open. */
  readonly #openNotes = new Map<RecordId, number>();
  #deaths: number[] = [];
  #isDisposed = false;

  /** `now`: milliseconds of a clock that never jumps. `onGivenUp`: the worker dies again and again. */
  constructor(
    private readonly start: () => RunningWorker,
    private readonly now: () => number,
    private readonly onGivenUp: () => void,
  ) {
    this.#running = start();
  }

  request<N extends Name>(
    name: N,
    args: Args<NotebookContract, N>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Answer<NotebookContract, N>> {
    const asked = this.#ask(name, args, options);
    if (name === "openNote" || name === "closeNote") {
      const { about } = args as Args<NotebookContract, "openNote">;
      void asked.then(
        () => {
          this.#countOpen(about, name === "openNote" ? 1 : -1);
        },
        () => undefined,
      );
    }
    return asked;
  }

  on<N extends Event>(event: N, listener: (payload: Payload<NotebookContract, N>) => void): () => void {
    const attach = (client: Client<NotebookContract>): (() => void) => client.on(event, listener);
    const subscription: Subscription = { attach, detach: attach(this.#running.client) };
    this.#subscriptions.add(subscription);
    const heard = listener as (payload: Payload<NotebookContract, "noteChanged">) => void;
    if (event === "noteChanged") this.#noteListeners.add(heard);
    return () => {
      subscription.detach();
      this.#subscriptions.delete(subscription);
      this.#noteListeners.delete(heard);
    };
  }

  /** The worker is gone: goes on with a new one. */
  restart(): void {
    if (this.#isDisposed) return;
    const now = this.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < CALM_AFTER), now];
    const dead = this.#running;
    if (this.#deaths.length > MOST_RESTARTS) {
      this.#isDisposed = true;
      dead.stop();
      this.onGivenUp();
      return;
    }
    this.#running = this.start();
    for (const subscription of this.#subscriptions) {
      subscription.detach = subscription.attach(this.#running.client);
    }
    for (const [about, editors] of this.#openNotes) {
      for (let editor = 0; editor < editors; editor += 1) void this.#reopen(about);
    }
    // Rejects what is under way, which then asks the new one.
    dead.stop();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#running.stop();
  }

  async #ask<N extends Name>(
    name: N,
    args: Args<NotebookContract, N>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Answer<NotebookContract, N>> {
    for (;;) {
      const running = this.#running;
      try {
        return await running.client.request(name, args, options);
      } catch (error) {
        const isDead = running !== this.#running;
        if (!isDead || onlyOnce.has(name) || options?.signal?.aborted) throw error;
      }
    }
  }

  #countOpen(about: RecordId, change: number): void {
    const editors = (this.#openNotes.get(about) ?? 0) + change;
    if (editors > 0) this.#openNotes.set(about, editors);
    else this.#openNotes.delete(about);
  }

  /** What came by sync while there was no worker goes to the editors. */
  async #reopen(about: RecordId): Promise<void> {
    try {
      const { state } = await this.#ask("openNote", { about });
      if (state.length > 0)
        for (const listener of this.#noteListeners) listener({ about, update: new Uint8Array(state) });
    } catch {
      // The new one is gone as well, and its successor opens the note.
    }
  }
}
