import { failure, success, type Result } from "../../src-main/shared/result";
import type { Arrival, Decision, ErasedState, LocalState, ServerState, SyncStore } from "../data/syncStore";
import type { Clock } from "../data/clock";
import { Bell } from "./bell";
import { decide } from "./decide";
import { Echoes } from "./echoes";
import type { Ask } from "./exchange";
import type { Journal } from "./journal";
import type { Limits } from "./limits";
import type { SyncEvent } from "./state";
import type { Trouble } from "./trouble";
import type { Documents, Fork } from "./wire";

export type Log = (event: string, detail?: unknown) => void;

/** What feed and outbox share while one connection holds. */
export interface SessionParts {
  readonly store: SyncStore;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly journal: Journal;
  /** This app's version. */
  readonly version: string | undefined;
  /** Documents to be read anew. */
  readonly again: Set<string>;
  readonly notebook: string;
  readonly tell: (event: SyncEvent) => void;
}

export class Session {
  /** Rung when there may be something to push. */
  readonly bell = new Bell();
  readonly echoes = new Echoes();
  /** Deleted on the server and wanted here: sent without a revision, which revives them. */
  readonly revived = new Set<string>();
  readonly forks = new Map<string, Fork>();
  /** Something went over the line since this computer's counter was raised; goes over to the next session. */
  exchanged = false;
  counterRev: string | undefined;
  /** The size of page that the line bore last. */
  pageSize: number | undefined;
  /** Resolves when all pages are here, or when the attempt ends. */
  readonly caughtUp: Promise<void>;
  /** Lets go of those who wait for `caughtUp`. */
  release: () => void = () => undefined;
  private server: ServerState;
  private turn: Promise<unknown> = Promise.resolve();
  private onTheWay: { readonly ids: ReadonlySet<string>; readonly settled: Promise<void> } | null = null;

  constructor(
    readonly parts: SessionParts,
    server: ServerState,
  ) {
    this.server = server;
    this.caughtUp = new Promise((resolve) => (this.release = resolve));
  }

  get state(): ServerState {
    return this.server;
  }

  /** More waits than one batch takes. */
  get pushesMuch(): boolean {
    return this.parts.store.waitingCount() > this.parts.limits.batch;
  }

  /** Waits `ms`, whatever rings. */
  async rest(ms: number, signal: AbortSignal): Promise<void> {
    await new Bell().wait(this.parts.clock, ms, signal);
  }

  /** Holds back pulled news about records that are on their way to the server, until the answer is worked in. */
  async sending<Value>(ids: readonly string[], work: () => Promise<Value>): Promise<Value> {
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    this.onTheWay = { ids: new Set(ids), settled };
    try {
      return await work();
    } finally {
      this.onTheWay = null;
      settle();
    }
  }

  /** Resolves when none of these records is on its way to the server. */
  async answered(ids: readonly string[]): Promise<void> {
    while (this.onTheWay && ids.some((id) => this.onTheWay?.ids.has(id))) await this.onTheWay.settled;
  }

  /** Writes what the feed brought, with the place it goes on from. */
  async writeFeed(documents: Documents, checkpoint: string | undefined): Promise<Result<null, Trouble>> {
    await this.answered(documents.arrivals.map(({ id }) => id));
    const arrivals = documents.arrivals.filter(({ id, rev }) => !this.echoes.isEcho(id, rev));
    for (const fork of documents.forks) this.forks.set(fork.id, fork);
    if (documents.forks.length > 0) this.bell.ring();
    if (arrivals.length > 0) this.exchanged = true;
    return this.write(arrivals, documents.quarantined, checkpoint);
  }

  /** Writes what was fetched about single records. */
  write(
    arrivals: readonly Arrival[],
    quarantined: Documents["quarantined"],
    checkpoint?: string,
  ): Promise<Result<null, Trouble>> {
    return this.inTurn(async () => {
      for (const { id } of arrivals) this.echoes.forget(id);
      if (arrivals.length === 0 && quarantined.length === 0) {
        // Only a place further on: kept in mind and stored with the next write. Reading on from an older one is harmless.
        if (checkpoint !== undefined) this.server = { ...this.server, checkpoint };
        return success(null);
      }
      const first = this.server.complete !== true;
      const { journal, version } = this.parts;
      const aside = quarantined.map((entry) => ({ ...entry, ...(version === undefined ? {} : { version }) }));
      for (const { id, reason } of aside) journal.note("set-aside", { direction: "pull", id, is: reason });
      const page = { arrivals, quarantined: aside, first, ...(checkpoint === undefined ? {} : { checkpoint }) };
      const written = await this.parts.store.writePulled(this.parts.notebook, page, (arrival, local, erased) =>
        this.decideOne(arrival, local, erased),
      );
      if (!written.ok) return failure({ kind: "not-saved", failure: written.failure });
      if (checkpoint !== undefined) this.server = { ...this.server, checkpoint };
      this.bell.ring();
      return success(null);
    });
  }

  changeServerState(change: Partial<ServerState>): Promise<Result<null, Trouble>> {
    return this.inTurn(async () => {
      const next = { ...this.server, ...change };
      const written = await this.parts.store.setServerState(this.parts.notebook, next);
      if (!written.ok) return failure({ kind: "not-saved", failure: written.failure });
      this.server = next;
      return success(null);
    });
  }

  private decideOne(arrival: Arrival, local: LocalState | undefined, erased: ErasedState | undefined): Decision {
    const decision = decide(arrival, local, erased);
    if (decision.kind === "merged") this.parts.journal.note("merge", { id: arrival.id });
    if (arrival.kind === "tombstone" && decision.kind === "keep" && local?.dirty) this.revived.add(arrival.id);
    else this.revived.delete(arrival.id);
    return decision;
  }

  private inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
