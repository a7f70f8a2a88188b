import * as Y from "yjs";
import type { Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import { saved, saving, type SaveState } from "../domain/saveState";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** Keeps one increment; an answer that never comes is a rejection of the port, not of this function. */
export type SendUpdate = (update: Uint8Array) => Promise<Result<null, SaveFailure>>;

/**
 * The increments of one note on their way to disk: in order, one send at a time, those that pile up meanwhile merged
 * into one. An increment leaves only when it was accepted; sending one twice does no harm, since Yjs knows it already.
 */
export class NoteOutbox {
  readonly #send: SendUpdate;
  readonly #onState: (state: SaveState) => void;
  #waiting: Uint8Array[] = [];
  /** How many of the waiting ones may go; null when all may. */
  #released: number | null = null;
  #sending = false;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #state: SaveState = saved;
  #flushes: { attempts: number; readonly done: () => void }[] = [];

  constructor(send: SendUpdate, onState: (state: SaveState) => void) {
    this.#send = send;
    this.#onState = onState;
  }

  get state(): SaveState {
    return this.#state;
  }

  add(update: Uint8Array): void {
    this.#waiting.push(update);
    if (this.#state.kind === "saved") this.#setState(saving);
    this.#pump();
  }

  /** What is added from now on waits for `letGo`; what is already here still goes. */
  holdBack(): void {
    this.#released = this.#waiting.length;
  }

  letGo(): void {
    this.#released = null;
    this.#pump();
  }

  /** Tries now instead of at the end of the pause. */
  retryNow(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#pump();
  }

  /**
   * Sends everything, also what was held back. Ends when all is on disk, or when an attempt made after this call has
   * failed: then `state` says why, and the attempts go on.
   */
  flush(): Promise<void> {
    this.#released = null;
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((done) => {
      this.#flushes.push({ attempts: this.#sending ? 2 : 1, done });
      this.retryNow();
    });
  }

  /** Stops trying. Only for an outbox that is empty or whose notebook is gone. */
  dispose(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#released = 0;
  }

  #pump(): void {
    const count = this.#released ?? this.#waiting.length;
    const [first, ...more] = this.#waiting.slice(0, count);
    if (this.#sending || this.#retry !== null || !first) return;
    this.#sending = true;
    void this.#attempt(more.length === 0 ? first : Y.mergeUpdates([first, ...more])).then((result) => {
      this.#sending = false;
      if (result.ok) this.#accepted(count);
      else this.#refused(result.failure);
    });
  }

  /** A lost connection is one more reason to keep the text and try again. */
  async #attempt(update: Uint8Array): Promise<Result<null, SaveFailure>> {
    try {
      return await this.#send(update);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, failure: { kind: "store-failed", detail } };
    }
  }

  #accepted(count: number): void {
    this.#waiting.splice(0, count);
    if (this.#released !== null) this.#released -= count;
    this.#failures = 0;
    if (this.#waiting.length > 0) {
      this.#setState(saving);
      this.#pump();
      return;
    }
    this.#setState(saved);
    for (const flush of this.#flushes.splice(0)) flush.done();
  }

  #refused(failure: SaveFailure): void {
    this.#setState({ kind: "not-saved", failure });
    for (const flush of this.#flushes) flush.attempts -= 1;
    const ended = this.#flushes.filter((flush) => flush.attempts <= 0);
    this.#flushes = this.#flushes.filter((flush) => flush.attempts > 0);
    for (const flush of ended) flush.done();
    if (this.#flushes.length > 0) {
      this.#pump();
      return;
    }
    const pause = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.retryNow();
    }, pause);
  }

  #setState(state: SaveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}
