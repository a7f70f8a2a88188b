import {
  collectChanges,
  feedEnd,
  feedRows,
  feedStart,
  type ChangesPage,
  type ChangesQuery,
  type Interleave,
} from "./changes";
import type { Database } from "./database";
import type { BodyReader, ChunkedBody } from "./exchange";
import type { Scheduler } from "./scheduler";
import { startIn } from "./sequence";

export interface LiveOptions {
  readonly feed: "longpoll" | "continuous";
  /** Ends the feed after so many ms of silence; not while heartbeats are sent. */
  readonly timeout: number;
  /** A line break every so many ms, or null. */
  readonly heartbeat: number | null;
  readonly scheduler: Scheduler;
  readonly interleave: Interleave;
  /** The only shard whose rows a woken feed answers though both have some; undefined for both. */
  readonly wakesEarly: () => 0 | 1 | undefined;
  /** Tells the owner of an open feed, so that a server that stops can break it off; the way back ends that. */
  readonly opened: (breakOff: () => void) => () => void;
}

/** A feed that stays open until something changes (longpoll) or until nothing does for long enough (continuous). */
export function liveFeed(database: Database, query: ChangesQuery, options: LiveOptions): ChunkedBody {
  return { read: (reader) => new LiveFeed(database, query, options, reader).begin() };
}

class LiveFeed {
  private query: ChangesQuery;
  private left: number | null;
  private stops: (() => void)[] = [];
  private stopTimer: () => void = () => undefined;
  private done = false;

  constructor(
    private readonly database: Database,
    query: ChangesQuery,
    private readonly options: LiveOptions,
    private readonly reader: BodyReader,
  ) {
    this.query = query.since === "now" ? { ...query, since: database.positions } : query;
    this.left = query.limit;
  }

  begin(): () => void {
    const first = collectChanges(this.database, this.query, this.options.interleave);
    if (this.options.feed === "longpoll") this.reader.chunk(feedStart);
    if (first.rows.length > 0 && this.options.feed === "longpoll") this.finish(feedRows(first) + feedEnd(first));
    else {
      if (first.rows.length > 0) this.lines(first);
      this.reader.chunk("\n");
      this.goOn(first);
      this.stops = [
        this.database.onChange(() => this.changed()),
        this.options.opened(() => {
          this.stop();
          this.reader.broken();
        }),
      ];
      if (this.left === 0) this.timedOut();
      else this.wait();
    }
    return () => this.stop();
  }

  private changed(): void {
    if (this.done) return;
    if (!this.database.exists) {
      this.timedOut();
      return;
    }
    const page = collectChanges(this.database, this.query, this.options.interleave, this.earlyShard());
    this.goOn(page);
    if (page.rows.length === 0) return;
    this.reader.chunk("\n");
    if (this.options.feed === "longpoll") {
      // What a woken feed says of pending does not count what came meanwhile.
      this.finish(feedRows(page) + feedEnd(page, 0));
      return;
    }
    this.lines(page);
    if (this.left === 0) this.timedOut();
    else this.wait();
  }

  /** The only shard to answer from, if both have rows and this feed wakes early. */
  private earlyShard(): 0 | 1 | undefined {
    const { since } = this.query;
    if (since === "now") return undefined;
    const ready = ([0, 1] as const).filter((at) => {
      const shard = this.database.shards[at];
      return shard.countAfter(startIn(shard, since[at])) > 0;
    });
    return ready.length === 2 ? this.options.wakesEarly() : undefined;
  }

  private goOn(page: ChangesPage): void {
    if (this.left !== null && this.options.feed === "continuous") this.left -= page.rows.length;
    this.query = { ...this.query, since: page.positions, limit: this.left };
  }

  private lines(page: ChangesPage): void {
    this.reader.chunk(page.rows.map((row) => `${row}\n`).join(""));
  }

  private wait(): void {
    this.stopTimer();
    const { heartbeat, timeout, scheduler } = this.options;
    this.stopTimer =
      heartbeat === null
        ? scheduler.after(timeout, () => this.timedOut())
        : scheduler.after(heartbeat, () => {
            this.reader.chunk("\n");
            this.wait();
          });
  }

  private timedOut(): void {
    const { since } = this.query;
    const page: ChangesPage = { rows: [], positions: since === "now" ? this.database.positions : since, pending: 0 };
    const end = feedEnd(page);
    this.finish(this.options.feed === "longpoll" ? end : end.replace('\n],\n"last_seq"', '{"last_seq"'));
  }

  private finish(last: string): void {
    this.stop();
    this.reader.chunk(last);
    this.reader.chunk("\n");
    this.reader.end();
  }

  private stop(): void {
    this.done = true;
    this.stopTimer();
    for (const stop of this.stops) stop();
    this.stops = [];
  }
}
