import type { LedgerStart } from "../../src-main/shared/ledger";
import { failure, type Result } from "../../src-main/shared/result";
import type { NoteId } from "../domain/ids";
import type { SaveFailure } from "../domain/saveFailure";
import type { HistoryState, RebuildReason } from "../ports/notebook";
import type { Clock } from "./clock";
import type { Notebook } from "./notebook";
import { Opening } from "./opening";
import { SnapshotDamaged, sourcesOf, type Source } from "./rebuild";
import type { RowTable } from "./recordsCollection";
import { ask, type LedgerClient } from "./replay";
import type { Sealer } from "./sealer";
import type { ShippedFile } from "./shipped";
import { StoreDamaged, StoreOutdated, watched, watchedSealer, watchedTable } from "./storeDamage";
import type { ChangedRecord } from "./writeDoor";

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

/**
 * Opens the notebook: the store as it was left, then what the ledger has beyond it. A store that is missing, damaged or
 * not of this ledger is removed and made anew from the ledger, which has everything; where even an empty one does not
 * work, main gives the next window another place for it. Idempotent: interrupted anywhere it begins again from what is
 * stored.
 */
export async function openNotebook(parts: OpenParts): Promise<Result<Notebook, SaveFailure>> {
  const started = await ask(() => parts.ledger.request("start", {}));
  if (!started.ok) return started;
  const start = started.value;
  const sources = [...sourcesOf(start)];
  let reason: RebuildReason | undefined;
  let isNew = false;
  for (;;) {
    const [source] = sources;
    if (!source) return storeFailed("nothing to rebuild from");
    try {
      return await openOnce(parts, start, { source, reason }, reason !== undefined);
    } catch (error) {
      if (error instanceof SnapshotDamaged && sources.length > 1) {
        sources.shift();
        reason ??= "missing";
      } else if (error instanceof StoreOutdated) {
        reason = error.reason;
      } else if (error instanceof StoreDamaged) {
        parts.log("store damaged", error.message);
        if (isNew) return await renewStore(parts, error);
        isNew = true;
        reason = "damaged";
      } else return storeFailed(error);
    }
  }
}

async function openOnce(
  parts: OpenParts,
  start: LedgerStart,
  plan: Plan,
  anew: boolean,
): Promise<Result<Notebook, SaveFailure>> {
  if (anew) await watched(parts.removeTable);
  const table = watchedTable(await watched(parts.openTable));
  const opening = new Opening(table, { ...parts, sealer: watchedSealer(parts.sealer) }, start);
  try {
    const opened = await opening.run(plan);
    if (!opened.ok) await opening.close();
    return opened;
  } catch (error) {
    await opening.close();
    throw error;
  }
}

/** Once: what the next window finds is empty, and if that does not work either, the person is told. */
async function renewStore({ ledger, log }: OpenParts, error: StoreDamaged): Promise<Result<never, SaveFailure>> {
  const reason = error.message.slice(0, 500);
  log("another place for the store is asked for", reason);
  await ledger.request("renewStore", { reason }).catch((refusal: unknown) => {
    log("no other place for the store", String(refusal));
  });
  return storeFailed(error);
}

function storeFailed(error: unknown): Result<never, SaveFailure> {
  return failure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
}
