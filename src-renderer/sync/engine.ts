import { v4 as newUuid } from "uuid";
import type { ConnectionInfo } from "../../src-main/shared/gateway";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { SyncStore } from "../data/syncStore";
import { sameJson } from "../domain/jsonValue";
import type { QuarantineEntry, SyncStatus } from "../domain/syncStatus";
import { needsAPerson, retryDelay } from "./backoff";
import { systemClock, type Clock } from "../data/clock";
import { Bell } from "./bell";
import { createAsk, type SyncGateway } from "./exchange";
import { compareServer, nameServer, readMark } from "./identity";
import { Journal } from "./journal";
import { defaultLimits, type Limits } from "./limits";
import { runOutbox } from "./outbox";
import { askNewest, pull } from "./pull";
import { Session, type Log } from "./session";
import { initialState, statusOf, step, type SyncEvent } from "./state";
import type { Trouble } from "./trouble";

export interface SyncEngineParts {
  readonly store: SyncStore;
  /** The rpc client of the gateway's port. */
  readonly gateway: SyncGateway;
  readonly clock?: Clock;
  /** Uniform in [0, 1); spreads the attempts of many computers. */
  readonly random?: () => number;
  /** A new unique id, for a server that has none yet. */
  readonly newId?: () => string;
  /** For people who look for a fault: never contents, never credentials. */
  readonly log?: Log;
  readonly journal?: Journal;
  /** This app's version: what another one could not read is read anew. */
  readonly version?: string;
  readonly limits?: Partial<Limits>;
  /** Hears the server's clock, in ms since 1970, with every answer that tells it. */
  readonly onServerTime?: (time: number) => void;
}

export interface SyncEngine {
  /** Starts, or goes on with another notebook. `notebook` is `notebookKey(connection)`. */
  start(notebook: string): void;
  /** Ends all requests and timers; resolves when nothing of the engine runs any more. May be started again. */
  stop(): Promise<void>;
  /** An exchange now instead of at the next occasion; what the server refused before is offered again. */
  syncNow(): void;
  /** Reads from the server anew, or offers again, what was set aside; at the next occasion where there is no connection. */
  retry(id: string, direction: QuarantineEntry["direction"]): Promise<void>;
  status(): SyncStatus;
  /** Told of every change of the status. Returns the way out. */
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** Stops for good and lets go of store and gateway. */
  dispose(): Promise<void>;
}

/** Names the server state of a connection in the store: another address or database starts from nothing. */
export function notebookKey(connection: Pick<ConnectionInfo, "address" | "database">): string {
  return `${connection.address.replace(/\/+$/, "")}/${connection.database}`;
}

export function createSyncEngine(parts: SyncEngineParts): SyncEngine {
  return new Engine(parts);
}

/** One connection to one notebook, from `start` to `stop`. */
interface Run {
  readonly stop: AbortController;
  /** Cuts the wait for the next attempt short. */
  readonly again: Bell;
  session: Session | null;
  /** Ends the present attempt, so that the next one begins. */
  renew: (() => void) | null;
  readonly ended: Promise<void>;
}

/** What one session leaves to the next. */
interface Carried {
  pageSize: number | undefined;
  /** This computer's counter is to be raised. At the first start nobody knows: the app may have ended before it was. */
  exchanged: boolean;
}

class Engine implements SyncEngine {
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly limits: Limits;
  private readonly log: Log;
  private readonly journal: Journal;
  private readonly again = new Set<string>();
  /** By notebook. */
  private readonly carried = new Map<string, Carried>();
  private readonly listeners = new Set<(status: SyncStatus) => void>();
  private readonly letGo: (() => void)[];
  private state = initialState;
  private shown: SyncStatus;
  private run: Run | null = null;
  private disposed = false;

  constructor(private readonly parts: SyncEngineParts) {
    this.clock = parts.clock ?? systemClock;
    this.random = parts.random ?? Math.random;
    this.limits = { ...defaultLimits, ...parts.limits };
    this.log = parts.log ?? (() => undefined);
    this.journal = parts.journal ?? new Journal(this.clock);
    this.shown = statusOf(this.state, parts.store.waitingCount());
    this.letGo = [
      parts.store.onWaiting(() => {
        this.run?.session?.bell.ring();
        this.show();
      }),
      parts.gateway.on("wake", () => {
        this.renew();
      }),
    ];
  }

  start(notebook: string): void {
    if (this.disposed) return;
    const before = this.run?.ended ?? Promise.resolve();
    this.run?.stop.abort();
    const run: Omit<Run, "ended"> = { stop: new AbortController(), again: new Bell(), session: null, renew: null };
    this.tell({ kind: "started" });
    this.journal.note("start");
    this.run = Object.assign(run, { ended: before.then(() => this.exchange(notebook, run)) });
  }

  async stop(): Promise<void> {
    const run = this.run;
    this.run = null;
    this.tell({ kind: "stopped" });
    if (run) this.journal.note("stop");
    run?.stop.abort();
    await run?.ended;
  }

  syncNow(): void {
    if (!this.run) return;
    void this.offerAgain().then(() => {
      this.renew();
    });
  }

  async retry(id: string, direction: QuarantineEntry["direction"]): Promise<void> {
    if (direction === "push") await this.parts.store.release([id], "push");
    else this.again.add(id);
    this.run?.session?.bell.ring();
  }

  status(): SyncStatus {
    return this.shown;
  }

  onStatus(listener: (status: SyncStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.stop();
    for (const leave of this.letGo.splice(0)) leave();
    this.listeners.clear();
  }

  /** Attempt after attempt until stopped. */
  private async exchange(notebook: string, run: Omit<Run, "ended">): Promise<void> {
    const { signal } = run.stop;
    const tell = (event: SyncEvent): void => {
      if (!signal.aborted) this.tell(event);
    };
    const carried = this.carried.get(notebook) ?? { pageSize: undefined, exchanged: true };
    this.carried.set(notebook, carried);
    while (!signal.aborted) {
      const begun = this.clock.now();
      run.again.hush();
      tell({ kind: "connecting" });
      const trouble = await this.attempt(notebook, run, tell, carried).catch((error: unknown): Trouble => {
        // A bug, not a failure that was foreseen: say so and try again later, since stopping would help nobody.
        this.log("sync: unexpected", String(error));
        return { kind: "unexpected", detail: String(error) };
      });
      carried.pageSize = run.session?.pageSize;
      carried.exchanged = run.session?.exchanged ?? carried.exchanged;
      run.session = null;
      if (trouble.kind === "stopped") continue;
      if (trouble.kind === "not-connected") {
        tell({ kind: "stopped" });
        return;
      }
      this.log("sync: attempt ended", trouble);
      this.journal.note("attempt-ends", {
        is: trouble.kind,
        ...("status" in trouble ? { status: trouble.status } : {}),
      });
      if (this.clock.now() - begun >= this.limits.goodSession) tell({ kind: "progressed" });
      if (trouble.kind === "server-changed" && this.state.attempt === 0) {
        tell({ kind: "renewed" });
        continue;
      }
      const delay = needsAPerson(trouble) ? null : retryDelay(this.state.attempt, trouble, this.random());
      tell({ kind: "failed", setback: trouble, retryAt: delay === null ? null : this.clock.now() + delay });
      if ((await run.again.wait(this.clock, delay, signal)) === "rung") tell({ kind: "progressed" });
    }
  }

  /** One connection: who is it, then pull and push side by side until one of them cannot go on. */
  private async attempt(
    notebook: string,
    run: Omit<Run, "ended">,
    tell: (event: SyncEvent) => void,
    carried: Carried,
  ): Promise<Trouble> {
    const inner = new AbortController();
    const end = (): void => {
      inner.abort();
    };
    run.stop.signal.addEventListener("abort", end, { once: true });
    run.renew = end;
    try {
      const ask = createAsk(this.parts.gateway, this.limits.answerSilence, this.parts.onServerTime);
      const { store } = this.parts;
      const { clock, limits, log, journal, again } = this;
      const { version } = this.parts;
      const session = new Session(
        { store, ask, clock, limits, log, journal, version, again, notebook, tell },
        await store.serverState(notebook),
      );
      session.pageSize = carried.pageSize;
      session.exchanged = carried.exchanged;
      run.session = session;
      // Asked for beside who the server is: it is written when that is known, and on a slow line it is half of the wait.
      const newest = session.state.checkpoint === null ? askNewest(session, inner.signal) : undefined;
      newest?.catch(() => undefined);
      const met = await this.meet(session, inner.signal);
      if (!met.ok) return met.failure;
      journal.note("server", { is: met.value });
      await this.readOutdated();
      // Everything waits after a first meeting: what the server has already is found out by pulling, not by conflicts.
      const pulled = pull(session, inner.signal, newest);
      const outbox = (met.value === "same" ? Promise.resolve() : session.caughtUp).then(() =>
        runOutbox(session, this.random, inner.signal),
      );
      const trouble = await Promise.race([pulled, outbox]);
      end();
      session.release();
      await Promise.allSettled([pulled, outbox]);
      return trouble;
    } finally {
      end();
      run.renew = null;
      run.stop.signal.removeEventListener("abort", end);
    }
  }

  /** Finds out whether the server is the one we know, and starts from nothing with any other. */
  private async meet(session: Session, signal: AbortSignal): Promise<Result<"same" | "other", Trouble>> {
    const { ask, store, notebook, log } = session.parts;
    const mark = await readMark(ask, store.device(), signal);
    if (!mark.ok) return mark;
    session.counterRev = mark.value.counterRev;
    const verdict = compareServer(session.state, mark.value);
    if (verdict === "same") {
      if (mark.value.counter === session.state.counter) return success("same");
      const caughtUp = await session.changeServerState({ counter: mark.value.counter });
      return caughtUp.ok ? success("same") : caughtUp;
    }
    log("sync: server", verdict);
    const forgotten = await store.forgetServer(notebook);
    if (!forgotten.ok) return failure({ kind: "not-saved", failure: forgotten.failure });
    const uuid =
      mark.value.uuid === null
        ? await nameServer(ask, mark.value, (this.parts.newId ?? newUuid)(), signal)
        : success(mark.value.uuid);
    if (!uuid.ok) return uuid;
    const known = await session.changeServerState({
      serverId: uuid.value,
      checkpoint: null,
      counter: mark.value.counter,
      complete: false,
    });
    return known.ok ? success("other") : known;
  }

  /** The next attempt begins now: after waking up, when the network is back, or because a person asks for it. */
  private renew(): void {
    if (!this.run) return;
    this.tell({ kind: "progressed" });
    this.run.again.ring();
    this.run.renew?.();
  }

  private async offerAgain(): Promise<void> {
    const aside = (await this.parts.store.quarantine()).filter(({ kept }) => kept !== true);
    const refused = aside.filter(({ direction }) => direction === "push");
    if (refused.length > 0)
      await this.parts.store.release(
        refused.map(({ id }) => id),
        "push",
      );
    for (const { id } of aside.filter(isFetchable)) this.again.add(id);
  }

  /** What another version of the app could not read, this one may. */
  private async readOutdated(): Promise<void> {
    const { store, version } = this.parts;
    if (version === undefined) return;
    const outdated = (await store.quarantine()).filter((entry) => isFetchable(entry) && entry.version !== version);
    for (const { id } of outdated) this.again.add(id);
  }

  private tell(event: SyncEvent): void {
    this.state = step(this.state, event);
    this.show();
  }

  private show(): void {
    const status = statusOf(this.state, this.parts.store.waitingCount());
    if (sameJson(status, this.shown)) return;
    this.shown = status;
    for (const listener of [...this.listeners]) listener(status);
  }
}

/** An id that cannot be stored was cut short and names nothing. */
function isFetchable({ direction, reason }: QuarantineEntry): boolean {
  return direction === "pull" && reason !== "bad-id";
}
