import type { LedgerStart } from "../../src-main/shared/ledger";
import { failure, type Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { RebuildReason } from "../ports/notebook";
import type { Notebook } from "./notebook";
import { Opening } from "./opening";
import type { OpenParts, Plan } from "./openParts";
import { SnapshotDamaged, sourcesOf } from "./rebuild";
import { ask } from "./replay";
import { StoreDamaged, StoreOutdated, StoreStuck, watchedInTime, watchedSealer, watchedTable } from "./storeDamage";

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
        if (isNew || error instanceof StoreStuck) return await renewStore(parts, error);
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
  const { clock, removeTable, openTable } = parts;
  if (anew) await watchedInTime(clock, removeTable, () => undefined);
  const opened = await watchedInTime(clock, openTable, (late) => void late.close().catch(() => undefined));
  const table = watchedTable(opened);
  const opening = new Opening(table, { ...parts, sealer: watchedSealer(parts.sealer) }, start);
  try {
    const notebook = await opening.run(plan);
    if (!notebook.ok) {
      await opening.close();
      return notebook;
    }
    const listed = await notebook.value.listThisComputer();
    // The next start tries again; until then the others see only that it is another computer.
    if (!listed.ok) parts.log("this computer is not listed", { reason: listed.failure.kind });
    return notebook;
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
