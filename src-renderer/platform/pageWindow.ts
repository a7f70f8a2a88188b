import type { Client } from "../../src-main/shared/rpc";
import type { NotebookContract } from "../ports/notebook";
import { onNextFrame } from "./frame";
import { Listeners } from "./listeners";

export interface Page<Row> {
  /** All that match, not only those of this page. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Where the rows of a list come from, page by page. */
export interface PageSource<Row> {
  /** Sources with the same key answer the same rows. */
  readonly key: string;
  /** Rows of a source of the same family may stay on screen until the first answer of this one. */
  readonly family: string;
  readonly filter: string;
  /** Whether a change to a record of this type may change the rows. */
  readonly concerns: (type: string) => boolean;
  readonly idOf: (row: Row) => string;
  readonly ask: (
    client: Client<NotebookContract>,
    page: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ) => Promise<Page<Row>>;
}

export interface PageSnapshot<Row> {
  /** All that match; 0 until the first answer. */
  readonly total: number;
  /** No answer for this source yet; what is shown meanwhile belongs to the source before. */
  readonly loading: boolean;
  /** The filter that the rows shown belong to. */
  readonly filter: string;
  readonly rowAt: (index: number) => Row | undefined;
  /** Where a record is among the rows that are loaded; -1 if it is not. */
  readonly indexOf: (id: string) => number;
}

const PAGE = 100;
/** Rows fetched before they are on screen. */
const AHEAD = 30;
/** Pages kept on either side of the first one on screen. */
const PAGES_KEPT = 20;

/**
 * The part of a list that is on screen, kept in pages. Rows stay until newer ones replace them, so nothing flickers;
 * of two answers for one page the one asked for later wins, because a page is asked for again only after its answer.
 */
export class PageWindow<Row> {
  readonly #client: Client<NotebookContract>;
  readonly #listeners = new Listeners();
  #pages = new Map<number, { readonly rows: readonly Row[]; readonly epoch: number }>();
  readonly #asked = new Map<number, AbortController>();
  #source: PageSource<Row>;
  /** Grows whenever what is held may be out of date. */
  #epoch = 0;
  #answered = false;
  #total = 0;
  #first = 0;
  #last = 0;
  #cancelFrame: (() => void) | undefined;
  #snapshot: PageSnapshot<Row> = { total: 0, loading: true, filter: "", rowAt: () => undefined, indexOf: () => -1 };

  constructor(client: Client<NotebookContract>, source: PageSource<Row>) {
    this.#client = client;
    this.#source = source;
  }

  readonly snapshot = (): PageSnapshot<Row> => this.#snapshot;

  /** Starts to follow the notebook; the way out stops it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const removeListener = this.#listeners.add(listener);
    const stop = this.#client.on("changed", ({ records }) => {
      if (!records.some((record) => this.#source.concerns(record.type))) return;
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

  setSource(source: PageSource<Row>): void {
    const before = this.#source;
    this.#source = source;
    if (before.key === source.key) return;
    // Rows of another type or another record must not be shown meanwhile; those of another filter may.
    if (before.family !== source.family) this.#pages = new Map();
    this.#abort();
    this.#answered = false;
    // Another filter starts at the top; a part of a tree that opens or closes leaves the rest where it is.
    if (before.family !== source.family || before.filter !== source.filter) {
      this.#first = 0;
      this.#last = 0;
    }
    this.#publish({ loading: true });
    this.#ask();
  }

  /** Tells which rows (both inclusive) are on screen. */
  readonly showRange = (from: number, to: number): void => {
    const first = Math.max(0, Math.floor((from - AHEAD) / PAGE));
    const last = Math.max(first, Math.floor((to + AHEAD) / PAGE));
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    if (!this.#answered) return;
    this.#dropPassed();
    this.#ask();
  };

  /** The first page always does: it is what tells how many there are. */
  #exists(page: number): boolean {
    return page === 0 || page * PAGE < this.#total;
  }

  /** What was only scrolled past is no longer waited for, so that the rows on screen come first. */
  #dropPassed(): void {
    for (const [page, controller] of this.#asked) {
      if (page >= this.#first && page <= this.#last) continue;
      controller.abort();
      this.#asked.delete(page);
    }
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
    const source = this.#source;
    const epoch = this.#epoch;
    try {
      const window = { offset: page * PAGE, limit: PAGE };
      const answer = await source.ask(this.#client, window, controller.signal);
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
      this.#publish({ total: answer.total, loading: false, filter: source.filter });
      this.#ask();
    } catch {
      // Aborted, or the worker is gone: the window says so elsewhere, and the rows stay as they are.
      if (this.#asked.get(page) === controller) this.#asked.delete(page);
    }
  }

  #publish(change: Partial<Pick<PageSnapshot<Row>, "total" | "loading" | "filter">>): void {
    const pages = new Map(this.#pages);
    const { idOf } = this.#source;
    this.#snapshot = {
      ...this.#snapshot,
      ...change,
      rowAt: (index) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE],
      indexOf: (id) => {
        for (const [page, { rows }] of pages) {
          const within = rows.findIndex((row) => idOf(row) === id);
          if (within >= 0) return page * PAGE + within;
        }
        return -1;
      },
    };
    this.#listeners.notify();
  }
}
