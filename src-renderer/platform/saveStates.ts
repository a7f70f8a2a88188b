import { failure, success, type Result } from "../../src-main/shared/result";
import type { Client } from "../../src-main/shared/rpc";
import type { Edit } from "../domain/edit";
import type { SaveFailure } from "../domain/saveFailure";
import { saved, saving, type SaveState } from "../domain/saveState";
import type { NotebookContract } from "../ports/notebook";
import { Listeners } from "./listeners";

/** Waits between attempts, in ms; the last one repeats. */
const RETRY_AFTER = [1_000, 3_000, 10_000] as const;
export function retryDelay(attempt: number): number {
  return RETRY_AFTER[attempt] ?? 10_000;
}

/** Whether the same edit may succeed later: the disk can be freed, but a value that does not fit stays so. */
export function isWorthRetrying(reason: SaveFailure): boolean {
  switch (reason.kind) {
    case "disk-full":
    case "ledger-unavailable":
    case "ledger-damaged":
    case "store-failed":
      return true;
    case "read-only":
      return !("id" in reason);
    case "not-found":
    case "invalid":
    case "too-large":
    case "circle":
    case "not-deletable":
      return false;
  }
}

/** Most edits that one request may carry (ports/notebook.ts). */
const EDITS_PER_REQUEST = 50_000;

/** Sends one edit. A lost worker is answered as a failure like any other, so that what was typed is kept. */
export async function sendEdit(client: Client<NotebookContract>, edit: Edit): Promise<Result<null, SaveFailure>> {
  try {
    return await client.request("edit", { edit });
  } catch (error) {
    return failure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Sends edits that belong together: all are applied or none, as far as one request carries them. */
export async function sendEdits(
  client: Client<NotebookContract>,
  edits: readonly Edit[],
): Promise<Result<null, SaveFailure>> {
  const [first] = edits;
  if (first && edits.length === 1) return sendEdit(client, first);
  try {
    for (let from = 0; from < edits.length; from += EDITS_PER_REQUEST) {
      const result = await client.request("editMany", { edits: edits.slice(from, from + EDITS_PER_REQUEST) });
      if (!result.ok) return result;
    }
    return success(null);
  } catch (error) {
    return failure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Save states of all records under way, each made of parts (a field's draft, one edit). A record without parts is
 * saved.
 */
export class SaveStates {
  readonly #parts = new Map<string, Map<string, SaveState>>();
  readonly #shown = new Map<string, SaveState>();
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;

  of(id: string): SaveState {
    return this.#shown.get(id) ?? saved;
  }

  /** Whether anything, in any record, is not on disk yet. */
  get busy(): boolean {
    return this.#parts.size > 0;
  }

  /** Why something, in any record, is not on disk; null while nothing has failed. */
  get failure(): SaveFailure | null {
    for (const state of this.#shown.values()) if (state.kind === "not-saved") return state.failure;
    return null;
  }

  set(id: string, part: string, state: SaveState): void {
    if (this.#put(id, part, state)) this.#listeners.notify();
  }

  /** The same state for parts of many records; whoever listens is told once. */
  setAll(parts: readonly (readonly [id: string, part: string])[], state: SaveState): void {
    let changed = false;
    for (const [id, part] of parts) changed = this.#put(id, part, state) || changed;
    if (changed) this.#listeners.notify();
  }

  /** Whether what is shown of the record has changed. */
  #put(id: string, part: string, state: SaveState): boolean {
    const parts = this.#parts.get(id) ?? new Map<string, SaveState>();
    if (state.kind === "saved") parts.delete(part);
    else parts.set(part, state);
    if (parts.size > 0) this.#parts.set(id, parts);
    else this.#parts.delete(id);

    const failed = [...parts.values()].find((each) => each.kind === "not-saved");
    const next = failed ?? (parts.size > 0 ? saving : saved);
    if (this.of(id) === next) return false;
    if (next === saved) this.#shown.delete(id);
    else this.#shown.set(id, next);
    return true;
  }
}
