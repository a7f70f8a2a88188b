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

/** What stands behind an open notebook: its ledger, and the worker's ports to it. There is neither while it is locked. */
export class NotebookHost {
  #opening: { readonly folder: string; readonly ledger: Promise<Result<SegmentedLedger, LedgerFailure>> } | null = null;

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
    if (this.#opening?.folder !== keys.ledgerFolder) {
      await this.#closeLedger();
      const { now, log } = this.parts;
      const key = keys.derive("ledger");
      this.#opening = {
        folder: keys.ledgerFolder,
        ledger: SegmentedLedger.open({ folder: keys.ledgerFolder, key, notebook: keys.notebook, now, log }),
      };
    }
    const opening = this.#opening;
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

  async #closeLedger(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const opened = await opening?.ledger;
    if (opened?.ok) await opened.value.close();
  }
}
