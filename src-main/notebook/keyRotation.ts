import type { KeyHolder } from "../keys/keyHolder";
import { resealLedger } from "../ledger/resealLedger";
import type { Log } from "../log/log";
import type { KeysFailure } from "../shared/keys";
import type { Result } from "../shared/result";
import type { Windows } from "../window/windows";
import type { NotebookHost } from "./notebookHost";

export interface KeyRotationParts {
  readonly holder: KeyHolder;
  readonly host: NotebookHost;
  readonly windows: () => Windows;
  readonly log: Log;
}

/** When the last step is tried again that someone typing, a busy page or the disk has kept from being done, in ms. */
const TRY_AGAIN = 5_000;

/**
 * Changes the root key: the ledger is sealed anew into another folder while the notebook is in use, then, with the worker
 * ended for a moment, what came meanwhile; the new keys take over at once, and the window opens its store in a new
 * partition, which is rebuilt from the ledger. Interrupted anywhere it goes on when the notebook is open again: until the
 * new keys take over the former ledger is the one that counts.
 */
export class KeyRotation {
  #underWay: { readonly done: Promise<void>; readonly stop: AbortController } | null = null;

  constructor(private readonly parts: KeyRotationParts) {}

  async begin(passphrase: string | null): Promise<Result<null, KeysFailure>> {
    const begun = await this.parts.holder.beginRotation(passphrase);
    if (begun.ok) this.goOn();
    return begun;
  }

  /** Goes on with a change of the root key that was begun. */
  goOn(): void {
    if (this.#underWay || !this.parts.holder.rotation()) return;
    const stop = new AbortController();
    const done = this.#run(stop.signal)
      .catch((error: unknown) => {
        this.parts.log.error("root key not changed", error);
      })
      .finally(() => {
        this.#underWay = null;
        if (!stop.signal.aborted) this.#tryAgain();
      });
    this.#underWay = { done, stop };
  }

  /** Before the notebook is locked or closed. */
  async pause(): Promise<void> {
    this.#underWay?.stop.abort();
    await this.#underWay?.done;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { holder, host, windows, log } = this.parts;
    const isStopped = (): boolean => signal.aborted;
    if (!(await this.#reseal("closed", signal)) || isStopped()) return;
    const flushed = await windows().main.flush();
    // The window is replaced: what is still on its way would be lost with it, and there is no hurry.
    if (flushed !== "flushed" || isStopped()) {
      log.info("root key not changed yet", { flushed });
      return;
    }
    // From here on it is a moment; a window without its worker must not be left alone.
    await host.close();
    try {
      if (await this.#reseal("all", signal)) {
        const finished = await holder.finishRotation();
        log.info("root key changed", { ok: finished.ok });
      }
    } finally {
      windows().replace();
    }
    await holder.removeLeftovers();
  }

  /** Whether all of it was sealed anew. */
  async #reseal(which: "closed" | "all", signal: AbortSignal): Promise<boolean> {
    const { holder, log } = this.parts;
    const rotation = holder.rotation();
    if (!rotation) return false;
    const { present, next } = rotation;
    const resealed = await resealLedger({
      from: { folder: present.ledgerFolder, key: present.derive("ledger") },
      to: { folder: next.ledgerFolder, key: next.derive("ledger") },
      which,
      onProgress: (progress) => holder.rotationProgress(progress),
      signal,
    });
    if (!resealed.ok) {
      log.info("not sealed anew", { which, reason: resealed.failure.kind });
      return false;
    }
    const { lost, lostSnapshots } = resealed.value;
    // The former files do not give these back: keeping them under a key that is to be given up would not either.
    if (lost.length + lostSnapshots.length > 0) {
      log.info("damaged before it was sealed anew", { stretches: lost.length, snapshots: lostSnapshots.length });
    }
    return true;
  }

  #tryAgain(): void {
    if (!this.parts.holder.rotation()) return;
    setTimeout(() => this.goOn(), TRY_AGAIN).unref();
  }
}
