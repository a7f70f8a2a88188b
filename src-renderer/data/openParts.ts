import type { NoteId } from "../domain/ids";
import type { SaveFailure } from "../domain/saveFailure";
import type { HistoryState, RebuildReason } from "../ports/notebook";
import type { Clock } from "./clock";
import type { ChangedRecord } from "./effects";
import type { Notebook } from "./notebook";
import type { Source } from "./rebuild";
import type { RowTable } from "./recordsCollection";
import type { LedgerClient } from "./replay";
import type { Sealer } from "./sealer";
import type { ShippedFile } from "./shipped";

export interface OpenParts {
  /** Opens the table; rejects when the storage cannot be opened. */
  readonly openTable: () => Promise<RowTable>;
  /** Removes the table, which nobody has open, with everything in it; rejects when that cannot be done. */
  readonly removeTable: () => Promise<void>;
  readonly ledger: LedgerClient;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** The text of a shipped file; may reject. */
  readonly readShipped: (file: ShippedFile) => Promise<string>;
  readonly onChanged: (records: readonly ChangedRecord[]) => void;
  readonly onNoteChanged: (note: NoteId, update: Uint8Array) => void;
  readonly onHistory: (state: HistoryState) => void;
  /** What is set aside changed. */
  readonly onQuarantine: () => void;
  readonly onTrouble: (failure: SaveFailure | null) => void;
  /** The store is being made anew; the notebook may be read meanwhile, and must not be written to. */
  readonly onReadable?: (notebook: Notebook) => void;
  /** How far that is; `done` of `total` bytes of the ledger, at most every 100 ms. */
  readonly onRebuilding?: (progress: { readonly done: number; readonly total: number }) => void;
  /** For people who look for a fault: never contents. */
  readonly log: (event: string, detail?: unknown) => void;
}

/** From where, and why, an empty store is filled. Without a reason the store is taken as it is found. */
export interface Plan {
  readonly source: Source;
  readonly reason: RebuildReason | undefined;
}
