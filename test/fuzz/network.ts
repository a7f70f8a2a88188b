import type { GatewayAnswer, GatewayFailure } from "../../src-main/shared/gateway";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { Question, SyncGateway } from "../../src-renderer/sync/exchange";
import type { Dice } from "./dice";
import type { Answered, Asked, FuzzServer } from "./fuzzServer";
import type { Simulation } from "./simulation";

/** What can go wrong on the way, each as a share of the requests. */
export interface Weather {
  /** Never reaches the server. */
  readonly lost: number;
  /** Reaches the server; its answer is lost. */
  readonly answerLost: number;
  /** Accepted and never answered. */
  readonly hangs: number;
  /** 500, 503 or 429 instead of being worked on. */
  readonly refused: number;
  /** A page of somebody else, with status 200. */
  readonly portal: number;
  /** Reaches the server twice. */
  readonly twice: number;
  /** One document of a batch is refused by a rule of the database. */
  readonly oneRefused: number;
}

export const fair: Weather = {
  lost: 0,
  answerLost: 0,
  hangs: 0,
  refused: 0,
  portal: 0,
  twice: 0,
  oneRefused: 0,
};

type Reply = Result<GatewayAnswer, GatewayFailure>;

export interface NetworkParts {
  readonly simulation: Simulation;
  readonly server: FuzzServer;
  /** Sees every request before it leaves. */
  readonly onRequest: (device: string, asked: Asked) => void;
}

/** Between devices and server. */
export class Network {
  weather: Weather = fair;
  readonly #listeners = new Set<() => void>();
  readonly #resets = new Set<() => void>();
  #isServerUp = true;
  readonly parts: NetworkParts;

  constructor(parts: NetworkParts) {
    this.parts = parts;
  }

  get isServerUp(): boolean {
    return this.#isServerUp;
  }

  /** Stopping cuts everything that is open. */
  setServer(isUp: boolean): void {
    this.#isServerUp = isUp;
    if (!isUp) this.cut();
  }

  /** Every open connection breaks. */
  cut(): void {
    for (const reset of [...this.#resets]) reset();
  }

  /** The database has something new: long-polls look again. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async serve(asked: Asked): Promise<Answered> {
    const answered = await this.parts.server.handle(asked);
    if (asked.path === "_bulk_docs") this.changed();
    return answered;
  }

  /** Calls back once when there may be news or the connections break. Returns the way out. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onReset(reset: () => void): () => void {
    this.#resets.add(reset);
    return () => this.#resets.delete(reset);
  }
}

/** One device's connection: the gateway of main without Electron, over a simulated line. */
export class Line implements SyncGateway {
  isUp = true;
  /**
   * Something went over since the counter that this device knows: a copy from before is not noticed as older. That the
   * server has taken a counter is not enough, since the answer may be lost, or its device killed before it is kept.
   */
  isUnmarked = false;
  /** The counter that the server has taken, if nothing went over since. */
  #taken: number | undefined;
  readonly #wakers = new Set<(payload: never) => void>();
  readonly #network: Network;
  readonly #name: string;
  readonly #dice: Dice;

  constructor(network: Network, name: string, dice: Dice) {
    this.#network = network;
    this.#name = name;
    this.#dice = dice;
  }

  /** What the system says when the network is back. */
  wake(): void {
    for (const wake of [...this.#wakers]) wake({ reason: "network" } as never);
  }

  /** The device has kept this counter. */
  keeps(counter: number): void {
    if (counter === this.#taken) this.isUnmarked = false;
  }

  /** The process is gone: nobody listens any more. */
  forget(): void {
    this.#wakers.clear();
  }

  readonly request: SyncGateway["request"] = (_name, args, options) =>
    this.#send(args as Question, options?.signal ?? new AbortController().signal) as never;

  readonly on: SyncGateway["on"] = (_event, listener) => {
    this.#wakers.add(listener);
    return () => this.#wakers.delete(listener);
  };

  #send(question: Question, signal: AbortSignal): Promise<Reply> {
    const { simulation, onRequest } = this.#network.parts;
    const { method, path, query = {}, body, idleTimeout = 30_000 } = question;
    const asked: Asked = { method, path, query, body };
    onRequest(this.#name, asked);
    return new Promise((resolve) => {
      const leave: (() => void)[] = [];
      const answer = (reply: Reply): void => {
        for (const stop of leave.splice(0)) stop();
        resolve(reply);
      };
      const onAbort = (): void => {
        answer(failure({ kind: "aborted" }));
      };
      signal.addEventListener("abort", onAbort, { once: true });
      leave.push(
        () => {
          signal.removeEventListener("abort", onAbort);
        },
        this.#network.onReset(() => {
          answer(failure({ kind: "offline", detail: "reset" }));
        }),
      );
      if (signal.aborted) {
        onAbort();
        return;
      }
      void this.#travel(asked, idleTimeout, () => leave.length === 0).then((reply) => {
        if (reply) answer(reply);
        else {
          const cancel = simulation.schedule(idleTimeout, () => {
            answer(failure({ kind: "timeout" }));
          });
          leave.push(cancel);
        }
      });
    });
  }

  /** Undefined where no answer will come. */
  async #travel(asked: Asked, idleTimeout: number, isOver: () => boolean): Promise<Reply | undefined> {
    const dice = this.#dice;
    const { weather } = this.#network;
    const fate = dice.weighted({
      ...weather,
      arrives: Math.max(0, 1 - Object.values(weather).reduce((sum: number, share: number) => sum + share, 0)),
    });
    await this.#pass(5 + dice.int(120));
    if (this.#isCut() || fate === "lost") return offline("no connection");
    if (fate === "portal") return failure({ kind: "not-couchdb", status: 200 });
    if (fate === "hangs") return undefined;
    if (fate === "refused") return this.#back(refusal(dice.pick([500, 503, 429]) ?? 500));
    if (fate === "twice" && asked.method !== "GET") void this.#network.serve(asked);
    const answered =
      fate === "oneRefused" && asked.path === "_bulk_docs"
        ? await this.#refusingOne(asked)
        : asked.query["feed"] === "longpoll"
          ? await this.#listened(asked, isOver)
          : await this.#network.serve(asked);
    this.#mark(asked, answered);
    if (this.#isCut() || fate === "answerLost") return offline("cut");
    return this.#back(answered);
  }

  #isCut(): boolean {
    return !this.isUp || !this.#network.isServerUp;
  }

  async #back(answered: Answered): Promise<Reply> {
    const { simulation } = this.#network.parts;
    await this.#pass(5 + this.#dice.int(120));
    if (!this.isUp) return offline("cut");
    return success({ status: answered.status, body: answered.body, serverTime: simulation.now });
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => this.#network.parts.simulation.schedule(ms, resolve));
  }

  /** A long-poll: asked again whenever there may be news. */
  async #listened(asked: Asked, isOver: () => boolean): Promise<Answered> {
    for (;;) {
      const answered = await this.#network.serve(asked);
      if (answered.status !== 200 || !hasNoNews(answered)) return answered;
      await new Promise<void>((resolve) => {
        const leave = this.#network.listen(() => {
          leave();
          resolve();
        });
      });
      if (isOver()) return answered;
    }
  }

  async #refusingOne(asked: Asked): Promise<Answered> {
    const body = JSON.parse(asked.body ?? "{}") as { docs: { readonly _id: string }[] };
    const [refused, ...others] = body.docs;
    if (!refused) return this.#network.serve(asked);
    const row = { id: refused._id, error: "forbidden", reason: "a rule of this database" };
    if (others.length === 0) return { status: 201, body: JSON.stringify([row]) };
    const answered = await this.#network.serve({ ...asked, body: JSON.stringify({ ...body, docs: others }) });
    if (answered.status !== 201) return answered;
    return { status: 201, body: JSON.stringify([row, ...(JSON.parse(answered.body) as unknown[])]) };
  }

  #mark(asked: Asked, answered: Answered): void {
    if (asked.method === "PUT" && asked.path.startsWith("_local/qiao-")) {
      const { counter } = JSON.parse(asked.body ?? "{}") as { counter?: number };
      if (answered.status === 201) this.#taken = counter;
    } else if (asked.path === "_bulk_docs" || (asked.path === "_changes" && !hasNoNews(answered))) {
      this.isUnmarked = true;
      this.#taken = undefined;
    }
  }
}

function offline(detail: string): Reply {
  return failure({ kind: "offline", detail });
}

function refusal(status: number): Answered {
  return { status, body: JSON.stringify({ error: "internal_server_error", reason: "busy" }) };
}

/** CouchDB puts lines of their own between the brackets. */
function hasNoNews({ body }: Answered): boolean {
  return /^\{"results":\[\s*\]/.test(body);
}
