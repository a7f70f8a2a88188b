import type { Client } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import type { NotebookContract } from "../ports/notebook";
import { Listeners } from "./listeners";

/** Most ids that one request may name (ports/notebook.ts). */
const IDS_PER_REQUEST = 1_000;

/**
 * Rows of single records, wherever on screen they are named: asked for together once a turn, asked for again when they
 * change, forgotten when nobody shows them.
 */
export class RowCache {
  readonly #client: Client<NotebookContract>;
  /** Replaced, never changed, so that a screen sees at once whether there is anything new. */
  #rows: ReadonlyMap<RecordId, RosterRow | null> = new Map();
  readonly #users = new Map<RecordId, number>();
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #missing = new Set<RecordId>();
  #asking = false;

  constructor(client: Client<NotebookContract>) {
    this.#client = client;
    client.on("changed", ({ records }) => {
      for (const { id } of records) {
        if (this.#users.has(id as RecordId)) this.#want(id as RecordId);
      }
    });
  }

  /** Rows of all records named on screen: absent while not known, null where there is no such record. */
  readonly snapshot = (): ReadonlyMap<RecordId, RosterRow | null> => this.#rows;

  use(ids: readonly RecordId[]): () => void {
    for (const id of ids) {
      const users = this.#users.get(id) ?? 0;
      this.#users.set(id, users + 1);
      // One that nobody showed for a while may have changed unseen.
      if (users === 0) this.#want(id);
    }
    return () => {
      for (const id of ids) {
        const left = (this.#users.get(id) ?? 1) - 1;
        if (left > 0) this.#users.set(id, left);
        else this.#users.delete(id);
      }
    };
  }

  #want(id: RecordId): void {
    this.#missing.add(id);
    if (this.#asking) return;
    this.#asking = true;
    queueMicrotask(() => void this.#ask());
  }

  async #ask(): Promise<void> {
    try {
      while (this.#missing.size > 0) {
        const ids = [...this.#missing].slice(0, IDS_PER_REQUEST);
        for (const id of ids) this.#missing.delete(id);
        const rows = await this.#client.request("rows", { ids });
        const inUse = [...this.#rows].filter(([id]) => this.#users.has(id));
        const answered = ids.map((id, index) => [id, rows[index] ?? null] as const);
        this.#rows = new Map([...inUse, ...answered]);
        this.#listeners.notify();
      }
    } catch {
      // The worker is gone; the window says so elsewhere, and the names stay as they are.
      this.#missing = new Set();
    } finally {
      this.#asking = false;
    }
  }
}
