import type { LedgerContract, LedgerPage, LedgerStart, SnapshotPage, Stretch } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, type Result } from "../shared/result";
import type { Handlers } from "../shared/rpc";

/** Where a ledger stands; whether the notebook was copied is not the ledger's to know. */
export type LedgerState = Omit<LedgerStart, "copied">;

/** What can be read of a ledger, or of a backup. Positions and failures are those of the contract. */
export interface ReadableLedger {
  start(): Promise<Result<LedgerState, LedgerFailure>>;
  /**
   * Whole entries after `from`, about `bytes` of them, at least one where there is one. With `containing` those of them
   * that hold one of the strings, so perhaps none.
   */
  read(from: number, bytes?: number, containing?: readonly string[]): Promise<Result<LedgerPage, LedgerFailure>>;
  /**
   * A part of the snapshot at a position, from 0 or from what `next` said: places are the snapshot's own. Damage is
   * answered like in `read`, `resume` being absent where nothing follows.
   */
  readSnapshot(
    position: number,
    from: number,
    containing?: readonly string[],
  ): Promise<Result<SnapshotPage, LedgerFailure>>;
}

/** What every ledger keeps: entries in the order appended, each known by the position right after it. */
export interface Ledger extends ReadableLedger {
  /** Keeps all entries or none; answers once they are on the disk, with the position after the last one. */
  append(entries: readonly string[]): Promise<Result<{ readonly position: number }, LedgerFailure>>;
  end(): Promise<Result<{ readonly position: number }, LedgerFailure>>;
  /** Reads all that a store would be made anew from; answers what of it is damaged or missing. */
  check(signal: AbortSignal): Promise<Result<{ readonly gaps: readonly Stretch[] }, LedgerFailure>>;
  /** Begins a snapshot of everything up to a position; one that was begun before is thrown away. */
  beginSnapshot(position: number): Promise<Result<null, LedgerFailure>>;
  /** After a failure the snapshot is thrown away. */
  addToSnapshot(entries: readonly string[]): Promise<Result<null, LedgerFailure>>;
  /** The snapshot counts from here on. */
  endSnapshot(): Promise<Result<null, LedgerFailure>>;
  abandonSnapshot(): Promise<void>;
  /** Waits for the appends under way and lets go of the files; later appends are refused. */
  close(): Promise<void>;
}

export const defaultPageBytes = 1024 * 1024;

/** What the worker asks of the program around the ledger. */
export interface LedgerHost {
  copied(): boolean;
  placeTaken(): Promise<void>;
  /** 32 bytes. */
  storeKey(): Uint8Array;
  renewStore(reason: string): Promise<void>;
}

export interface LedgerParts {
  /** The notebook's ledger, opened at the latest when it is first asked for. */
  readonly ledger: () => Promise<Result<Ledger, LedgerFailure>>;
  /** The backup that is open for being restored. */
  readonly backup: () => ReadableLedger | null;
  readonly host: LedgerHost;
}

export function ledgerHandlers({ ledger, backup, host }: LedgerParts): Handlers<LedgerContract> {
  const withLedger = async <Value>(
    use: (opened: Ledger) => Promise<Result<Value, LedgerFailure>>,
  ): Promise<Result<Value, LedgerFailure>> => {
    const opened = await ledger();
    return opened.ok ? use(opened.value) : opened;
  };
  const reading = async <Value>(
    of: "notebook" | "backup",
    use: (readable: ReadableLedger) => Promise<Result<Value, LedgerFailure>>,
  ): Promise<Result<Value, LedgerFailure>> => {
    if (of === "notebook") return withLedger(use);
    const opened = backup();
    return opened ? use(opened) : failure({ kind: "ledger-unavailable", detail: "no backup is open" });
  };
  return {
    start: async ({ of }) => {
      const state = await reading(of, (readable) => readable.start());
      if (!state.ok) return state;
      return { ok: true, value: { ...state.value, copied: of === "notebook" && host.copied() } };
    },
    append: ({ entries }) => withLedger((opened) => opened.append(entries)),
    read: ({ of, from, bytes, containing }) => reading(of, (readable) => readable.read(from, bytes, containing)),
    check: (_, { signal }) => withLedger((opened) => opened.check(signal)),
    end: () => withLedger((opened) => opened.end()),
    readSnapshot: ({ of, position, from, containing }) =>
      reading(of, (readable) => readable.readSnapshot(position, from, containing)),
    beginSnapshot: ({ position }) => withLedger((opened) => opened.beginSnapshot(position)),
    addToSnapshot: ({ entries }) => withLedger((opened) => opened.addToSnapshot(entries)),
    endSnapshot: () => withLedger((opened) => opened.endSnapshot()),
    abandonSnapshot: async () => {
      const opened = await ledger();
      if (opened.ok) await opened.value.abandonSnapshot();
      return null;
    },
    storeKey: () => host.storeKey(),
    placeTaken: async () => {
      await host.placeTaken();
      return null;
    },
    renewStore: async ({ reason }) => {
      await host.renewStore(reason);
      return null;
    },
  };
}
