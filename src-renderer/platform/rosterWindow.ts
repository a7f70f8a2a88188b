import type { Client } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import type { NotebookContract } from "../ports/notebook";
import { onNextFrame } from "./frame";
import { Listeners } from "./listeners";

export interface ListQuery {
  readonly type: RosterRow["type"];
  readonly filter?: string | undefined;
  readonly linkedTo?: RecordId | undefined;
}

export interface ListSnapshot {
  /** All that match; 0 until the first answer. */
  readonly total: number;
  /** No answer for this query yet; what is shown meanwhile belongs to the query before. */
  readonly loading: boolean;
  /** The filter that the rows shown belong to. */
  readonly filter: string;
  rowAt(index: number): RosterRow | undefined;
}

const PAGE = 100;
/** Pages kept on either side of the first one on screen. */
const PAGES_KEPT = 20;

/**
 * The part of a list that is on screen, kept in pages. Rows stay until newer ones replace them, so nothing flickers;
 * of two answers for one page the one asked for later wins, because a page is asked for again only after its answer.
 */
export class RosterWindow {
  readonly #client: Client<NotebookContract>;
  readonly #listeners = new Listeners();
  #pages = new Map<number, { readonly rows: readonly RosterRow[]; readonly epoch: number }>();
  readonly #asked = new Map<number, AbortController>();
  #query: ListQuery;
  /** Grows whenever what is held may be out of date. */
  #epoch = 0;
  #answered = false;
  #total = 0;
  #first = 0;
  #last = 0;
  #cancelFrame: (() => void) | undefined;
  #snapshot: ListSnapshot = { total: 0, loading: true, filter: "", rowAt: () => undefined };

  constructor(client: Client<NotebookContract>, query: ListQuery) {
    this.#client = client;
    this.#query = query;
  }

  readonly snapshot = (): ListSnapshot => this.#snapshot;

  /** Starts to follow the notebook; the way out stops it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const removeListener = this.#listeners.add(listener);
    const stop = this.#client.on("changed", ({ records }) => {
      if (!records.some((record) => record.type === this.#query.type)) return;
      this.#epoch += 1;
      this.#askSoon();
    });
    this.#epoch += 1;
    this.#ask();
    return () => {
      removeListener();
      stop();
      this.#abort();
    };
  };

  setQuery(query: ListQuery): void {
    const { type, filter, linkedTo } = this.#query;
    if (type === query.type && (filter ?? "") === (query.filter ?? "") && linkedTo === query.linkedTo) return;
    // Rows of another type or another record must not be shown meanwhile; those of another filter may.
    if (type !== query.type || linkedTo !== query.linkedTo) this.#pages = new Map();
    this.#query = query;
    this.#abort();
    this.#answered = false;
    this.#first = 0;
    this.#last = 0;
    this.#publish({ loading: true });
    this.#ask();
  }

  /** Tells which rows (both inclusive) are on screen. */
  readonly showRange = (from: number, to: number): void => {
    const first = Math.max(0, Math.floor(from / PAGE));
    const last = Math.max(first, Math.floor(to / PAGE));
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    if (this.#answered) this.#ask();
  };

  /** The first page always does: it is what tells how many there are. */
  #exists(page: number): boolean {
    return page === 0 || page * PAGE < this.#total;
  }

  #abort(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
    for (const controller of this.#asked.values()) controller.abort();
    this.#asked.clear();
  }

  #askSoon(): void {
    this.#cancelFrame ??= onNextFrame(() => {
      this.#cancelFrame = undefined;
      this.#ask();
    });
  }

  #ask(): void {
    for (let page = this.#first; page <= this.#last; page += 1) {
      if (this.#asked.has(page) || !this.#exists(page)) continue;
      if (this.#answered && this.#pages.get(page)?.epoch === this.#epoch) continue;
      void this.#askFor(page);
    }
  }

  async #askFor(page: number): Promise<void> {
    const controller = new AbortController();
    this.#asked.set(page, controller);
    const { type, filter = "", linkedTo } = this.#query;
    const epoch = this.#epoch;
    try {
      const answer = await this.#client.request(
        "list",
        { type, filter, linkedTo, offset: page * PAGE, limit: PAGE },
        { signal: controller.signal },
      );
      if (controller.signal.aborted) return;
      this.#asked.delete(page);
      if (!this.#answered) {
        this.#answered = true;
        this.#pages = new Map();
      }
      this.#total = answer.total;
      this.#pages.set(page, { rows: answer.rows, epoch });
      for (const held of [...this.#pages.keys()]) {
        if (!this.#exists(held) || Math.abs(held - this.#first) > PAGES_KEPT) this.#pages.delete(held);
      }
      this.#publish({ total: answer.total, loading: false, filter });
      this.#ask();
    } catch {
      // Aborted, or the worker is gone: the window says so elsewhere, and the rows stay as they are.
      if (this.#asked.get(page) === controller) this.#asked.delete(page);
    }
  }

  #publish(change: Partial<Omit<ListSnapshot, "rowAt">>): void {
    const pages = new Map(this.#pages);
    this.#snapshot = {
      ...this.#snapshot,
      ...change,
      rowAt: (index) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    };
    this.#listeners.notify();
  }
}
