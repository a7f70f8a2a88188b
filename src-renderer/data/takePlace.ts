import { v4 as newDevice } from "uuid";
import { success, type Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import type { LedgerEntry } from "./ledgerEntries";
import type { NotebookState } from "./notebookState";
import type { LedgerClient } from "./replay";
import type { WriteDoor } from "./writeDoor";

/** Gives this computer an id of its own, in place of that of the computer the notebook was copied from. */
export async function takePlace(
  door: WriteDoor,
  state: NotebookState,
  ledger: LedgerClient,
): Promise<Result<null, SaveFailure>> {
  const { identity } = state;
  if (identity) {
    const entries: LedgerEntry[] = [{ kind: "identity", identity: { ...identity, device: newDevice() } }];
    // The counters on the servers belong to the other computer; this one has none there yet.
    for (const [notebook, server] of state.serverStates()) {
      entries.push({ kind: "server", notebook, state: { ...server, counter: 0 } });
    }
    const saved = await door.save((turn) => turn.commit(entries));
    if (!saved.ok) return saved;
  }
  await ledger.request("placeTaken", {});
  return success(null);
}
