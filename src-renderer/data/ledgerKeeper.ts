import type { Stretch } from "../../src-main/shared/ledger";
import type { Clock } from "./clock";
import { writeLedgerSnapshot, type SnapshotParts } from "./ledgerSnapshot";
import { ask } from "./replay";
import { snapshotStateRow, type SnapshotState } from "./snapshotState";

/** A snapshot is begun after this rest, in ms. */
const REST = 60_000;
/** After this, if the ledger has lost what the store still has. */
const REST_IF_AHEAD = 1_000;
/** What has come since the last snapshot before another one is worth it, in bytes. */
const LEAST = 4 * 1024 * 1024;
/** A check is asked for so long after the notebook was opened, in ms, and once a day. */
const CHECK_REST = 5 * 60_000;
const DAY = 24 * 60 * 60_000;

export interface LedgerKeeperParts extends SnapshotParts {
  readonly clock: Clock;
  readonly log: (event: string, detail?: unknown) => void;
}

/**
 * Gives the ledger a snapshot now and then, while nothing else is to be done: a rebuild reads it instead of the whole
 * history, and main may drop what it covers once that is old enough. Has the ledger checked once a day; what it has lost
 * is given back to it at once by a snapshot.
 */
export class LedgerKeeper {
  private position = 0;
  private state: SnapshotState | undefined;
  private cancel: (() => void) | undefined;
  private cancelCheck: (() => void) | undefined;
  private writing: Promise<void> | undefined;
  private readonly checking = new AbortController();
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
    this.checkIn(CHECK_REST);
  }

  /** Called for every batch of changed records. */
  noticed(): void {
    this.rest(this.state?.isAhead ? REST_IF_AHEAD : REST);
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
    this.cancelCheck?.();
    this.checking.abort();
    await this.writing;
  }

  private get isWorth(): boolean {
    if (!this.state) return false;
    const { size, isAhead, newerFrom } = this.state;
    if (newerFrom !== undefined) return false;
    return isAhead || this.parts.door.position - this.position > Math.max(LEAST, size / 2);
  }

  private async writeOnce(): Promise<void> {
    const { state } = this;
    // What a newer version wrote would be lost by whoever begins from a snapshot that this one writes.
    if (!state || state.newerFrom !== undefined) return;
    const { log } = this.parts;
    try {
      const outcome = await writeLedgerSnapshot(this.parts, () => this.isOver);
      if (outcome.kind === "written") {
        this.position = outcome.position;
        this.keep({ size: outcome.size, isAhead: false });
        return;
      }
      if (outcome.kind === "failed") log("no snapshot of the ledger", outcome.failure);
    } catch (error) {
      // The store cannot be read: the next start finds that out as well.
      log("no snapshot of the ledger", String(error));
    }
    this.rest(REST);
  }

  private checkIn(ms: number): void {
    this.cancelCheck = this.parts.clock.schedule(ms, () => void this.check());
  }

  /** Asks for a check where the last one was not within a day; a clock that was ahead then must not put it off. */
  private async check(): Promise<void> {
    const { ledger, clock, log } = this.parts;
    const since = clock.now() - (this.state?.checkedAt ?? Number.NEGATIVE_INFINITY);
    if (since >= 0 && since < DAY) {
      this.checkIn(DAY - since);
      return;
    }
    const checked = await ask(() => ledger.request("check", {}, { signal: this.checking.signal }));
    if (this.isOver) return;
    if (checked.ok) this.found(checked.value.gaps);
    else log("the ledger was not checked", checked.failure);
    this.checkIn(DAY);
  }

  private found(gaps: readonly Stretch[]): void {
    if (gaps.length > 0) this.parts.log("the ledger is damaged", { gaps });
    const isAhead = (this.state?.isAhead ?? false) || isHeld(gaps, this.parts.door.position);
    this.keep({ isAhead, checkedAt: this.parts.clock.now() });
    if (isAhead) this.noticed();
  }

  private keep(news: Partial<SnapshotState>): void {
    if (!this.state) return;
    this.state = { ...this.state, ...news };
    this.parts.door.store(snapshotStateRow(this.state));
  }
}

/** Whether a store that has followed the ledger up to a position has something of what the ledger has lost. */
export function isHeld(gaps: readonly Stretch[], position: number): boolean {
  return gaps.some(({ from }) => from < position);
}
