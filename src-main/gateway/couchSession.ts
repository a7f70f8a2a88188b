import { z } from "zod";
import type { GatewayFailure } from "../shared/gateway";
import { failure, success, type Result } from "../shared/result";
import { exchange, type Exchange, type ExchangeRequest, type Fetch } from "./exchange";

export interface Access {
  /** Origin and path prefix of the server. */
  readonly address: string;
  /** Empty for a server that asks for none. */
  readonly user: string;
  readonly password: string;
}

/** How long the server's refusal is believed without asking again, in ms. */
const believed = {
  /** CouchDB locks an account after five wrong passwords within five minutes: this stays far below. */
  password: 15 * 60_000,
  /** A locked account opens again after five minutes. */
  locked: 6 * 60_000,
};

/**
 * A person's wish makes a refusal forgotten, but not more often than leaves a margin to CouchDB's five in five minutes:
 * other computers and a mistyped password when connecting count there too.
 */
const mostRefusals = { count: 3, within: 5 * 60_000 };

/** A session is renewed this long before its end, or in the last quarter of a short one, in ms. */
const renewBefore = 30_000;
const signInTimeout = 30_000;

type SignIn =
  | { readonly kind: "ready" }
  | { readonly kind: "refused"; readonly failure: GatewayFailure }
  /** The server answered, but has trouble of its own (429, 500, 503): its answer is the caller's answer. */
  | { readonly kind: "trouble"; readonly answer: Exchange };

const couchError = z.object({ error: z.string(), reason: z.string() });

/**
 * Requests in CouchDB's cookie session (its documentation, `/_session`): signs in when there is none, renews it before
 * its end and when the server has forgotten it, and repeats the one request that met the gap. A rejected password is
 * not tried again until `believed` is over, so that no account gets locked.
 */
export class CouchSession {
  #cookie: { readonly value: string; readonly renewAt: number } | null = null;
  /** The server knows no sessions, or the connection has no user. */
  #isOpenToAll: boolean;
  #signingIn: Promise<SignIn> | null = null;
  #refusal: { readonly failure: GatewayFailure; readonly until: number } | null = null;
  /** When the server refused to sign us in, as far as it still counts. */
  #refusedAt: readonly number[] = [];

  /** `now`: milliseconds of a clock that never jumps. `life` ends signing in. */
  constructor(
    private readonly fetch: Fetch,
    private readonly access: Access,
    private readonly now: () => number,
    private readonly life: AbortSignal,
  ) {
    this.#isOpenToAll = access.user === "";
  }

  async send(request: Omit<ExchangeRequest, "cookie">): Promise<Result<Exchange, GatewayFailure>> {
    const first = await this.#sendOnce(request);
    if (first.kind === "done") return first.result;
    this.#forget(first.cookie);
    const second = await this.#sendOnce(request);
    return second.kind === "done" ? second.result : this.#judgeRefused(second.answer);
  }

  /** A person wants it: the next request signs in again although the server refused a while ago. */
  tryAgain(): void {
    this.#refusedAt = this.#refusedAt.filter((at) => this.now() - at < mostRefusals.within);
    if (this.#refusedAt.length < mostRefusals.count) this.#refusal = null;
  }

  async #sendOnce(
    request: Omit<ExchangeRequest, "cookie">,
  ): Promise<
    | { readonly kind: "done"; readonly result: Result<Exchange, GatewayFailure> }
    | { readonly kind: "no-session"; readonly answer: Exchange; readonly cookie: string | null }
  > {
    const signedIn = await this.#ensureSession(request.signal);
    if (signedIn.kind === "refused") return { kind: "done", result: failure(signedIn.failure) };
    if (signedIn.kind === "trouble") return { kind: "done", result: success(signedIn.answer) };
    const cookie = this.#cookie?.value ?? null;
    const result = await exchange(this.fetch, { ...request, cookie });
    if (!result.ok) return { kind: "done", result };
    if (isWithoutSession(result.value)) return { kind: "no-session", answer: result.value, cookie };
    this.#keepCookie(result.value);
    return { kind: "done", result: isForNonMembers(result.value) ? notAMember : result };
  }

  /** A fresh session, and still 401: for this user the database is closed, or (a document's own rule) the write is. */
  #judgeRefused(answer: Exchange): Result<Exchange, GatewayFailure> {
    if (reasonOf(answer) !== "You are not authorized to access this db.") return success(answer);
    if (this.access.user === "") return failure({ kind: "credentials-rejected", reason: "password" });
    return notAMember;
  }

  #forget(cookie: string | null): void {
    if (this.#cookie?.value === cookie) this.#cookie = null;
    this.#isOpenToAll = this.access.user === "";
  }

  async #ensureSession(signal: AbortSignal): Promise<SignIn> {
    if (this.#isOpenToAll) return { kind: "ready" };
    if (this.#cookie && this.now() < this.#cookie.renewAt) return { kind: "ready" };
    if (this.#refusal && this.now() < this.#refusal.until) return { kind: "refused", failure: this.#refusal.failure };
    // Shared by all that wait for it: one caller that gives up must not take it from the others.
    this.#signingIn ??= this.#signIn().finally(() => (this.#signingIn = null));
    return Promise.race([this.#signingIn, aborted(signal)]);
  }

  async #signIn(): Promise<SignIn> {
    const { address, user, password } = this.access;
    // Without a cookie: CouchDB answers 400 to a login that carries a garbled one.
    const result = await exchange(this.fetch, {
      url: `${address}/_session`,
      method: "POST",
      body: JSON.stringify({ name: user, password }),
      cookie: null,
      idleTimeout: signInTimeout,
      signal: this.life,
    });
    if (!result.ok) return { kind: "refused", failure: result.failure };
    const answer = result.value;
    if (answer.status === 200 && answer.cookie !== null && answer.cookie.value !== "") {
      this.#refusal = null;
      this.#keepCookie(answer);
      return { kind: "ready" };
    }
    if (answer.status === 401) return this.#refuse("password");
    if (answer.status === 403) return this.#refuse("locked");
    if (answer.status === 404 || answer.status === 405) {
      this.#isOpenToAll = true;
      return { kind: "ready" };
    }
    if (answer.status >= 500) return { kind: "trouble", answer };
    return { kind: "refused", failure: { kind: "not-couchdb", status: answer.status } };
  }

  #refuse(reason: "password" | "locked"): SignIn {
    const refusal: GatewayFailure = { kind: "credentials-rejected", reason };
    this.#refusal = { failure: refusal, until: this.now() + believed[reason] };
    this.#refusedAt = [...this.#refusedAt, this.now()];
    return { kind: "refused", failure: refusal };
  }

  /** Any answer may carry a fresh cookie. */
  #keepCookie({ cookie }: Exchange): void {
    if (!cookie || cookie.value === "") return;
    const lifetime = cookie.lifetime ?? Infinity;
    const renewAt = this.now() + lifetime - Math.min(renewBefore, lifetime / 4);
    this.#cookie = { value: cookie.value, renewAt: lifetime === Infinity ? Infinity : renewAt };
  }
}

const notAMember = failure<GatewayFailure>({ kind: "credentials-rejected", reason: "not-a-member" });

function reasonOf(answer: Exchange): string {
  const parsed = couchError.safeParse(answer.json);
  return parsed.success ? parsed.data.reason : "";
}

/** Expired sessions are 401; a cookie that cannot be read is 400 everywhere. */
function isWithoutSession(answer: Exchange): boolean {
  return answer.status === 401 || (answer.status === 400 && reasonOf(answer).includes("AuthSession cookie"));
}

/** CouchDB's words for somebody signed in who is no member; other 403s are about one document. */
function isForNonMembers(answer: Exchange): boolean {
  return answer.status === 403 && reasonOf(answer) === "You are not allowed to access this db.";
}

function aborted(signal: AbortSignal): Promise<SignIn> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve({ kind: "refused", failure: { kind: "aborted" } });
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}
