import { failure, success, type Result } from "../../src-main/shared/result";
import type { GatewayAnswer, GatewayFailure } from "../../src-main/shared/gateway";
import type { Question, SyncGateway } from "../../src-renderer/sync/exchange";

/** An answer as a server would give it; `undefined` leaves the request open until it is given up. */
export type Script = (question: Question) => { status: number; body: unknown } | GatewayFailure | undefined;

export interface ScriptedGateway extends SyncGateway {
  readonly asked: Question[];
  /** Answers what the local documents of the identity do not. */
  script: Script;
  readonly locals: Map<string, Record<string, unknown>>;
  readonly open: () => number;
  wake(): void;
}

/** A gateway without a network: local documents as CouchDB keeps them, everything else by script. */
export function createScriptedGateway(script: Script = () => undefined): ScriptedGateway {
  const locals = new Map<string, Record<string, unknown>>();
  const wakers = new Set<(payload: never) => void>();
  let open = 0;

  function local(question: Question): { status: number; body: unknown } {
    if (question.method === "PUT") {
      const body = JSON.parse(question.body ?? "{}") as Record<string, unknown>;
      locals.set(question.path, { _id: question.path, ...body, _rev: "0-1" });
      return { status: 201, body: { ok: true, id: question.path, rev: "0-1" } };
    }
    const document = locals.get(question.path);
    return document
      ? { status: 200, body: document }
      : { status: 404, body: { error: "not_found", reason: "missing" } };
  }

  function answer(question: Question, signal: AbortSignal): Promise<Result<GatewayAnswer, GatewayFailure>> {
    const answered = gateway.script(question) ?? (question.path.startsWith("_local/") ? local(question) : undefined);
    if (answered === undefined) {
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(failure({ kind: "aborted" })), { once: true });
      });
    }
    if ("kind" in answered) return Promise.resolve(failure(answered));
    return Promise.resolve(success({ status: answered.status, body: JSON.stringify(answered.body), serverTime: null }));
  }

  const gateway: ScriptedGateway = {
    asked: [],
    script,
    locals,
    open: () => open,
    wake: () => {
      for (const wake of [...wakers]) wake({ reason: "resume" } as never);
    },
    request: async (_name, args, options) => {
      gateway.asked.push(args as Question);
      open += 1;
      try {
        return (await answer(args as Question, options?.signal ?? new AbortController().signal)) as never;
      } finally {
        open -= 1;
      }
    },
    on: (_event, listener) => {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };
  return gateway;
}
