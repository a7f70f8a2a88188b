import type { WebFrameMain } from "electron";
import type { NotebookPorts } from "../ipc/notebookPorts";
import type { NotebookKeys } from "../keys/notebookKeys";
import { ledgerHandlers, type ReadableLedger } from "../ledger/ledger";
import { SegmentedLedger } from "../ledger/segmentedLedger";
import type { Log } from "../log/log";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, type Result } from "../shared/result";

export interface HostParts {
  /** Null while the notebook is not open. */
  readonly keys: () => NotebookKeys | null;
  readonly ports: NotebookPorts;
  /** The backup that is open for being restored. */
  readonly backup: () => ReadableLedger | null;
  readonly now: () => number;
  readonly log: Log;
  /** The store is to be made anew in another place: the window must follow. */
  readonly onStoreRenewed: () => void;
}

interface OpeningLedger {
  readonly folder: string;
  readonly key: Buffer;
  readonly ledger: Promise<Result<SegmentedLedger, LedgerFailure>>;
}

/** What stands behind an open notebook: its ledger, and the worker's ports to it. There is neither while it is locked. */
export class NotebookHost {
  #opening: OpeningLedger | null = null;
  #closing: Promise<void> = Promise.resolve();

  #hasRenewed = false;

  constructor(private readonly parts: HostParts) {}

  /** Gives a page's worker its ports; none while the notebook is not open. */
  handTo(frame: WebFrameMain): void {
    const { ports, backup, log, keys } = this.parts;
    if (!keys()) return;
    ports.handTo(
      frame,
      ledgerHandlers({
        ledger: () => this.ledger(),
        backup,
        host: {
          copied: () => this.#open().copied,
          placeTaken: () => this.#open().placeTaken(),
          storeKey: () => this.#open().derive("store"),
          renewStore: async (reason) => {
            // A second one in a run would not mend what the first has not, and windows would follow each other for ever.
            if (this.#hasRenewed) throw new Error("the store was made anew already");
            this.#hasRenewed = true;
            log.info("the store is made anew", { reason });
            await this.#open().renewStore();
            this.parts.onStoreRenewed();
          },
        },
      }),
    );
  }

  /** The open notebook's ledger. One that could not be opened is tried again by whoever asks next. */
  async ledger(): Promise<Result<SegmentedLedger, LedgerFailure>> {
    const keys = this.parts.keys();
    if (!keys) return failure({ kind: "ledger-unavailable", detail: "locked" });
    // No pause between the look and the opening: two ledgers over one folder would write over each other.
    const opening = this.#opening?.folder === keys.ledgerFolder ? this.#opening : this.#openLedger(keys);
    const opened = await opening.ledger;
    if (!opened.ok && this.#opening === opening) this.#opening = null;
    return opened;
  }

  /** Takes the ports away and closes the ledger, what is under way in it first. */
  async close(): Promise<void> {
    this.parts.ports.close();
    await this.#closeLedger();
  }

  /** Ports live only as long as the keys do. */
  #open(): NotebookKeys {
    const keys = this.parts.keys();
    if (!keys) throw new Error("the notebook is locked");
    return keys;
  }

  #openLedger(keys: NotebookKeys): OpeningLedger {
    const { now, log } = this.parts;
    const { ledgerFolder: folder, notebook } = keys;
    const key = keys.derive("ledger");
    const closed = this.#closeLedger();
    const ledger = closed.then(() => SegmentedLedger.open({ folder, key, notebook, now, log }));
    this.#opening = { folder, key, ledger };
    return this.#opening;
  }

  /** Settles when the ledger, and any that was being closed before it, has let go of its files. */
  #closeLedger(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    if (opening) this.#closing = this.#closing.then(() => closeLedger(opening));
    return this.#closing;
  }
}

/** Whatever becomes of it, its key is not needed any more; an exception is told to whoever asked for the ledger. */
async function closeLedger({ ledger, key }: OpeningLedger): Promise<void> {
  const opened = await ledger.catch(() => null);
  if (opened?.ok) await opened.value.close().catch(() => undefined);
  key.fill(0);
}
