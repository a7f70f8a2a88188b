import type { Clock } from "./clock";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import { snapshotOf } from "./rosterSnapshot";
import type { WriteDoor } from "./writeDoor";

/** After this rest, in ms, the filter keys are made that are missing: a list is filtered at once from then on. */
const KEYS_REST = 500;
/** After this rest a snapshot is stored, if enough has changed. */
const REST = 5_000;
/** Fewer changes, and less of the ledger, are read again at start faster than a snapshot is written. */
const CHANGES = 200;
const LEDGER_LENGTH = 256 * 1024;
/** Before closing it is worth it sooner. */
const CHANGES_AT_CLOSE = 50;

export interface KeeperParts {
  readonly roster: Roster;
  readonly store: RecordStore;
  readonly door: WriteDoor;
  readonly clock: Clock;
}

/** Looks after the roster while nothing else is to be done: filter keys, and the snapshot for the next start. */
export class RosterKeeper {
  private changes = 0;
  private position: number | undefined;
  private cancel: (() => void) | undefined;
  private disposed = false;
  private begun = false;
  private readonly parts: KeeperParts;

  constructor(parts: KeeperParts) {
    this.parts = parts;
  }

  /** The notebook is open. `position`: of the snapshot that the roster was made from; undefined if there was none. */
  begin(position: number | undefined): void {
    this.begun = true;
    this.position = position;
    this.rest();
  }

  /** Called for every batch of changed records. */
  noticed(count: number): void {
    this.changes += count;
    this.rest();
  }

  async flush(): Promise<void> {
    if (this.isWorth(CHANGES_AT_CLOSE)) await this.snapshot();
  }

  dispose(): void {
    this.disposed = true;
    this.cancel?.();
  }

  private rest(): void {
    this.cancel?.();
    if (this.disposed || !this.begun) return;
    const { clock, roster } = this.parts;
    let isOver = false;
    const cancels = [
      clock.schedule(KEYS_REST, () => void roster.makeKeys(() => isOver)),
      clock.schedule(REST, () => {
        if (this.isWorth(CHANGES)) void this.snapshot();
      }),
    ];
    this.cancel = () => {
      isOver = true;
      for (const cancel of cancels) cancel();
    };
  }

  private isWorth(changes: number): boolean {
    if (this.disposed || !this.begun) return false;
    if (this.position === undefined) return this.parts.roster.size > 0;
    return this.changes >= changes || this.parts.door.position - this.position >= LEDGER_LENGTH;
  }

  private async snapshot(): Promise<void> {
    const { roster, store, door } = this.parts;
    // In a turn of its own, so that no entry is half in the roster; a note that is typed is in it only once it is folded.
    const position = await door.run(() =>
      Promise.resolve(Math.min(door.position, door.notes.unfoldedFrom() ?? door.position)),
    );
    const taken = this.changes;
    const states = await snapshotOf(roster, position);
    if (this.disposed) return;
    door.store(states);
    this.changes -= taken;
    this.position = position;
    await store.settled();
  }
}
