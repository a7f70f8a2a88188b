import type { GatewayFailure } from "../shared/gateway";
import { failure, success, type Result } from "../shared/result";
import { connectionFailure } from "./connectionFailure";
import { sessionCookieOf, type SessionCookie } from "./sessionCookie";

export interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly redirect: "manual";
  readonly cache: "no-store";
  readonly credentials: "omit";
}

/** The part of the fetch standard that the gateway uses; a redirect is given back as its own answer. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

export interface ExchangeRequest {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly body?: string | undefined;
  readonly cookie: string | null;
  /** Longest silence while waiting for the next byte, in ms. */
  readonly idleTimeout: number;
  readonly signal: AbortSignal;
}

export interface Exchange {
  readonly status: number;
  readonly body: string;
  readonly json: unknown;
  /** Server's clock, milliseconds since the epoch; null if it sent none. */
  readonly serverTime: number | null;
  readonly cookie: SessionCookie | null;
}

/** The largest answer taken, in bytes. */
export const largestAnswer = 64 * 1024 * 1024;

/** One request and its whole answer, which is JSON or a failure. Nothing is repeated here. */
export async function exchange(fetch: Fetch, request: ExchangeRequest): Promise<Result<Exchange, GatewayFailure>> {
  const patience = new Patience(request.idleTimeout, request.signal);
  try {
    const response = await patience.until(fetch(request.url, fetchOptions(request, patience.signal)));
    const { status } = response;
    if (status === 429 || status === 503) return failure({ kind: "busy", status, retryAfter: retryAfterOf(response) });
    if (!mayBeJson(response)) return failure({ kind: "not-couchdb", status: response.status });
    const body = await readBody(response, patience);
    if (body === null) return failure({ kind: "not-couchdb", status: response.status });
    return parseAnswer(response, body);
  } catch (error) {
    if (patience.outcome) return failure({ kind: patience.outcome });
    return failure(connectionFailure(error));
  } finally {
    patience.end();
  }
}

function fetchOptions(request: ExchangeRequest, signal: AbortSignal): FetchOptions {
  return {
    method: request.method,
    headers: {
      accept: "application/json",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...(request.cookie === null ? {} : { cookie: `AuthSession=${request.cookie}` }),
    },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal,
    redirect: "manual",
    cache: "no-store",
    credentials: "omit",
  };
}

/** Milliseconds, from seconds or a date of the server's clock (RFC 9110 §10.2.3); null where it says nothing. */
function retryAfterOf({ headers }: Response): number | null {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

/** CouchDB answers in JSON; the pages of portals and proxies come as HTML, or send the client elsewhere. */
function mayBeJson(response: Response): boolean {
  if (response.status >= 300 && response.status < 400) return false;
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" || type === "text/plain";
}

/** The body as text; null if it is larger than may be. */
async function readBody(response: Response, patience: Patience): Promise<string | null> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  for (;;) {
    const { done, value } = await patience.until(reader.read());
    if (done) return Buffer.concat(chunks).toString("utf8");
    size += value.byteLength;
    if (size > largestAnswer) return null;
    chunks.push(value);
  }
}

function parseAnswer(response: Response, body: string): Result<Exchange, GatewayFailure> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // JSON that begins well and does not end was cut short on the way.
    const isCutShort = response.ok && /^\s*[{[]/.test(body);
    return failure(
      isCutShort ? { kind: "offline", detail: "answer cut short" } : { kind: "not-couchdb", status: response.status },
    );
  }
  const serverTime = Date.parse(response.headers.get("date") ?? "");
  return success({
    status: response.status,
    body,
    json,
    serverTime: Number.isNaN(serverTime) ? null : serverTime,
    cookie: sessionCookieOf(response.headers),
  });
}

/** Ends a request when nothing comes for too long or the caller gives up, also where the transport does not react. */
class Patience {
  outcome: "timeout" | "aborted" | null = null;
  readonly #controller = new AbortController();
  readonly #over: Promise<never>;
  #timer: NodeJS.Timeout | undefined;
  #giveUp: (error: Error) => void = () => undefined;
  readonly #onAbort = (): void => this.#stop("aborted");

  constructor(
    private readonly idleTimeout: number,
    private readonly caller: AbortSignal,
  ) {
    this.#over = new Promise((_resolve, reject) => (this.#giveUp = reject));
    this.#over.catch(() => undefined);
    if (caller.aborted) this.#stop("aborted");
    else caller.addEventListener("abort", this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for the next step; the silence is measured from now. */
  until<Value>(step: Promise<Value>): Promise<Value> {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stop("timeout"), this.idleTimeout);
    step.catch(() => undefined);
    return Promise.race([step, this.#over]);
  }

  /** Lets go of everything; a body still under way is dropped. */
  end(): void {
    clearTimeout(this.#timer);
    this.caller.removeEventListener("abort", this.#onAbort);
    this.#controller.abort();
  }

  #stop(outcome: "timeout" | "aborted"): void {
    this.outcome ??= outcome;
    this.#controller.abort();
    this.#giveUp(new Error(outcome));
  }
}
