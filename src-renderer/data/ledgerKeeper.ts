import type { Clock } from "./clock";
import { writeLedgerSnapshot, type SnapshotParts } from "./ledgerSnapshot";

/** A snapshot is begun after this rest, in ms. */
const REST = 60_000;
/** After this, if the ledger has lost what the store still has. */
const REST_IF_AHEAD = 1_000;
/** What has come since the last snapshot before another one is worth it, in bytes. */
const LEAST = 4 * 1024 * 1024;

/** State row about the newest snapshot. */
export const SNAPSHOT_STATE = "snapshot";
/** `isAhead`: the store has what the ledger does not have any more, so that a snapshot is due at once. */
export interface SnapshotState {
  /** Characters of the newest snapshot, about what there is; 0: not known. */
  readonly size: number;
  readonly isAhead: boolean;
}

export interface LedgerKeeperParts extends SnapshotParts {
  readonly clock: Clock;
  readonly log: (event: string, detail?: unknown) => void;
}

/**
 * Gives the ledger a snapshot now and then, while nothing else is to be done: a rebuild reads it instead of the whole
 * history, and main may drop what it covers once that is old enough.
 */
export class LedgerKeeper {
  private position = 0;
  private state: SnapshotState = { size: 0, isAhead: false };
  private cancel: (() => void) | undefined;
  private writing: Promise<void> | undefined;
  private isOver = true;
  private readonly parts: LedgerKeeperParts;

  constructor(parts: LedgerKeeperParts) {
    this.parts = parts;
  }

  /** The notebook is open. `position`: of the newest snapshot, 0 if there is none. */
  begin(position: number, state: SnapshotState): void {
    this.isOver = false;
    this.position = position;
    this.state = state;
    this.noticed();
  }

  /** Called for every batch of changed records. */
  noticed(): void {
    this.rest(this.state.isAhead ? REST_IF_AHEAD : REST);
  }

  private rest(ms: number): void {
    this.cancel?.();
    if (this.isOver) return;
    this.cancel = this.parts.clock.schedule(ms, () => {
      if (this.isWorth) void this.write();
    });
  }

  /** Writes a snapshot now, unless one is being written; resolves when it is there, or could not be written. */
  write(): Promise<void> {
    this.writing ??= this.writeOnce().finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  /** Gives up what is being written. */
  async dispose(): Promise<void> {
    this.isOver = true;
    this.cancel?.();
    await this.writing;
  }

  private get isWorth(): boolean {
    const { size, isAhead } = this.state;
    return isAhead || this.parts.door.position - this.position > Math.max(LEAST, size / 2);
  }

  private async writeOnce(): Promise<void> {
    const { door, log } = this.parts;
    try {
      const outcome = await writeLedgerSnapshot(this.parts, () => this.isOver);
      if (outcome.kind === "written") {
        this.position = outcome.position;
        this.state = { size: outcome.size, isAhead: false };
        door.store(new Map([[SNAPSHOT_STATE, JSON.stringify(this.state)]]));
        return;
      }
      if (outcome.kind === "failed") log("no snapshot of the ledger", outcome.failure);
    } catch (error) {
      // The store cannot be read: the next start finds that out as well.
      log("no snapshot of the ledger", String(error));
    }
    this.rest(REST);
  }
}
