import { z } from "zod";
import type { Connection, ConnectionFile } from "../keys/connectionFile";
import type { ConnectionInfo, GatewayAnswer, GatewayContract, GatewayFailure } from "../shared/gateway";
import type { ConnectFailure, PasswordStorage, SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
import type { Handlers, Parsed } from "../shared/rpc";
import { parseAddress } from "./address";
import { CouchSession } from "./couchSession";
import type { Exchange, Fetch } from "./exchange";
import { requestUrl } from "./requestUrl";

const usualIdleTimeout = 30_000;

export interface GatewayOptions {
  readonly fetch: Fetch;
  readonly connections: ConnectionFile;
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Told when a connection is made, changed or removed. */
  readonly onConnection: (connection: ConnectionInfo | null) => void;
}

export interface ConnectRequest {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly passwordStorage: PasswordStorage;
}

interface Active {
  readonly info: ConnectionInfo;
  /** Null where a password is needed and there is none. */
  readonly session: () => Promise<CouchSession | null>;
  /** Ends the requests of a connection that is replaced or removed. */
  readonly life: AbortController;
}

const databaseInfo = z.object({ db_name: z.string() });

/** The one way to the network: requests inside the configured database, and making or removing that connection. */
export class Gateway {
  #active: Active | null;
  /** The attempt to connect that can still be given up. */
  #connecting: AbortController | null = null;

  constructor(private readonly options: GatewayOptions) {
    const kept = options.connections.read();
    this.#active = kept ? this.#activate(kept) : null;
  }

  get connection(): ConnectionInfo | null {
    return this.#active?.info ?? null;
  }

  handlers(): Handlers<GatewayContract> {
    return {
      send: (request, { signal }) => this.send(request, signal),
      tryAgain: async () => {
        (await this.#active?.session())?.tryAgain();
        return null;
      },
      connection: () => this.connection,
    };
  }

  async send(
    request: Parsed<GatewayContract, "send">,
    signal: AbortSignal,
  ): Promise<Result<GatewayAnswer, GatewayFailure>> {
    const active = this.#active;
    if (!active) return failure({ kind: "not-connected" });
    const { info, life } = active;
    const session = await active.session();
    if (!session) return failure({ kind: "credentials-rejected", reason: "missing" });
    const answered = await whileBothLive(signal, life.signal, (both) =>
      session.send({
        url: requestUrl(info, request.path, request.query),
        method: request.method,
        body: request.body,
        idleTimeout: request.idleTimeout ?? usualIdleTimeout,
        signal: both,
      }),
    );
    return answered.ok ? success(toAnswer(answered.value)) : answered;
  }

  /**
   * Signs in, looks whether the database is there and readable, and only then keeps the connection. One attempt at a
   * time: a new one ends the one before, whose answer is `aborted` then.
   */
  async connect(request: ConnectRequest): Promise<Result<ConnectionInfo, ConnectFailure>> {
    this.cancelConnect();
    const life = new AbortController();
    this.#connecting = life;
    const made = await this.#tryToConnect(request, life).finally(() => this.#endAttempt(life));
    if (made.ok) this.#replace(made.value);
    else life.abort();
    return made.ok ? success(made.value.info) : made;
  }

  /** Ends the requests of an attempt under way, and nothing of it is kept. */
  cancelConnect(): void {
    this.#connecting?.abort();
    this.#connecting = null;
  }

  async disconnect(): Promise<Result<null, SettingsNotSaved>> {
    this.cancelConnect();
    const forgotten = await this.options.connections.forget();
    if (forgotten.ok) this.#replace(null);
    return forgotten;
  }

  async #tryToConnect(request: ConnectRequest, life: AbortController): Promise<Result<Active, ConnectFailure>> {
    const { connections } = this.options;
    const parsed = parseAddress(request.address, request.database);
    if (!parsed.ok) return parsed;
    const info: ConnectionInfo = { ...parsed.value, user: request.user.trim() };
    const session = this.#session(info, request.password, life.signal);
    const checked = await session.send({
      url: requestUrl(info, ""),
      method: "GET",
      idleTimeout: usualIdleTimeout,
      signal: life.signal,
    });
    if (!checked.ok) return checked;
    const refusal = refusalOf(checked.value);
    if (refusal) return failure(refusal);
    const keepable = await connections.canKeep(request.passwordStorage);
    if (!keepable.ok) return keepable;
    if (life.signal.aborted) return failure({ kind: "aborted" });
    // From here on it is no attempt any more: what has begun to be written cannot be given up halfway.
    this.#endAttempt(life);
    const kept = await connections.keep(info, request.password, request.passwordStorage);
    return kept.ok ? success({ info, session: () => Promise.resolve(session), life }) : kept;
  }

  #endAttempt(attempt: AbortController): void {
    if (this.#connecting === attempt) this.#connecting = null;
  }

  #replace(next: Active | null): void {
    this.#active?.life.abort();
    this.#active = next;
    this.options.onConnection(this.connection);
  }

  /** The password is asked for at the first request: a locked keychain must not keep the window waiting. */
  #activate(connection: Connection): Active {
    const { info } = connection;
    const life = new AbortController();
    let session: Promise<CouchSession | null> | null = null;
    const open = async (): Promise<CouchSession | null> => {
      const known = info.user === "" ? "" : await connection.password();
      return known === null ? null : this.#session(info, known, life.signal);
    };
    return { info, session: () => (session ??= open()), life };
  }

  #session({ address, user }: ConnectionInfo, password: string, life: AbortSignal): CouchSession {
    return new CouchSession(this.options.fetch, { address, user, password }, this.options.now, life);
  }
}

function toAnswer({ status, body, serverTime }: Exchange): GatewayAnswer {
  return { status, body, serverTime };
}

function refusalOf({ status, json }: Exchange): ConnectFailure | null {
  if (status === 200) return databaseInfo.safeParse(json).success ? null : { kind: "not-couchdb", status };
  if (status === 404) return { kind: "no-such-database" };
  if (status === 429 || status >= 500) return { kind: "offline", detail: `HTTP ${status}` };
  return { kind: "not-couchdb", status };
}

/** Runs work under a signal that ends with either of two; both are let go of afterwards. */
async function whileBothLive<Value>(
  one: AbortSignal,
  other: AbortSignal,
  work: (signal: AbortSignal) => Value,
): Promise<Awaited<Value>> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of [one, other]) {
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  }
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of [one, other]) signal.removeEventListener("abort", stop);
  }
}
