import { exchange } from "../../src-main/gateway/exchange";
import { requestUrl } from "../../src-main/gateway/requestUrl";
import type { GatewayAnswer, GatewayFailure } from "../../src-main/shared/gateway";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { Question, SyncGateway } from "../../src-renderer/sync/exchange";

/** The gateway for tests in Node: the app's own exchange with a server, signed in by cookie, without Electron. */
export interface NodeGateway extends SyncGateway {
  /** What was asked, in order. */
  readonly asked: Question[];
  readonly open: () => number;
  readonly listeners: () => number;
  wake(): void;
  signIn(user: string, password: string): void;
}

export interface NodeGatewayOptions {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export function createNodeGateway(options: NodeGatewayOptions): NodeGateway {
  let { user, password } = options;
  let cookie: string | null = null;
  let open = 0;
  const asked: Question[] = [];
  const wakers = new Set<(payload: never) => void>();

  async function signIn(signal: AbortSignal): Promise<Result<null, GatewayFailure>> {
    const answer = await exchange(fetch, {
      url: `${options.address}/_session`,
      method: "POST",
      body: JSON.stringify({ name: user, password }),
      cookie: null,
      idleTimeout: 5_000,
      signal,
    });
    if (!answer.ok) return answer;
    if (answer.value.status !== 200) return failure({ kind: "credentials-rejected", reason: "password" });
    cookie = answer.value.cookie?.value ?? null;
    return success(null);
  }

  async function send(question: Question, signal: AbortSignal): Promise<Result<GatewayAnswer, GatewayFailure>> {
    for (const time of ["first", "again"] as const) {
      if (cookie === null) {
        const signedIn = await signIn(signal);
        if (!signedIn.ok) return signedIn;
      }
      const answer = await exchange(fetch, {
        url: requestUrl(options, question.path, question.query),
        method: question.method,
        body: question.body,
        cookie,
        idleTimeout: question.idleTimeout ?? 30_000,
        signal,
      });
      if (!answer.ok) return answer;
      const { status, body, serverTime } = answer.value;
      if (status === 403) return failure({ kind: "credentials-rejected", reason: "not-a-member" });
      if (status !== 401) return success({ status, body, serverTime });
      cookie = null;
      if (time === "again") return failure({ kind: "credentials-rejected", reason: "password" });
    }
    return failure({ kind: "credentials-rejected", reason: "password" });
  }

  return {
    asked,
    open: () => open,
    listeners: () => wakers.size,
    wake: () => {
      for (const wake of wakers) wake({ reason: "network" } as never);
    },
    signIn: (newUser, newPassword) => {
      [user, password, cookie] = [newUser, newPassword, null];
    },
    request: async (name, args, requestOptions) => {
      if (name !== "send") throw new Error(`not asked by the engine: ${name}`);
      asked.push(args as Question);
      open += 1;
      try {
        return (await send(args as Question, requestOptions?.signal ?? new AbortController().signal)) as never;
      } finally {
        open -= 1;
      }
    },
    on: (_event, listener) => {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };
}
