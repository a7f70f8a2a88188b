import { failure, success, type Result } from "../../src-main/shared/result";
import type { Args, Client } from "../../src-main/shared/rpc";
import type { GatewayContract } from "../../src-main/shared/gateway";
import { troubleOfAnswer, troubleOfGateway, type Trouble } from "./trouble";
import { isJsonObject } from "../domain/jsonValue";

/** The gateway as the engine needs it: the rpc client of its port fits. */
export type SyncGateway = Pick<Client<GatewayContract>, "request" | "on">;

export type Question = Args<GatewayContract, "send">;

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** Asks the server; any status is an answer here. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Result<Reply, Trouble>>;

/** `onServerTime` hears the server's clock with every answer that tells it, in ms since 1970. */
export function createAsk(
  gateway: SyncGateway,
  idleTimeout: number,
  onServerTime: (time: number) => void = () => undefined,
): Ask {
  return async (question, signal) => {
    let answer;
    try {
      answer = await gateway.request("send", { idleTimeout, ...question }, { signal });
    } catch (error) {
      // Aborted by us, or the port to the main process is gone.
      return failure(signal.aborted ? { kind: "stopped" } : { kind: "offline", detail: String(error) });
    }
    if (signal.aborted) return failure({ kind: "stopped" });
    if (!answer.ok) return failure(troubleOfGateway(answer.failure));
    const { status, body, serverTime } = answer.value;
    if (serverTime !== null) onServerTime(serverTime);
    try {
      return success({ status, text: body, json: JSON.parse(body) as unknown });
    } catch {
      return failure({ kind: "not-couchdb", status });
    }
  };
}

/** The `error` and `reason` of a CouchDB refusal. */
export function refusalOf(reply: Reply): { readonly error: string; readonly reason: string } {
  const body = isJsonObject(reply.json) ? reply.json : {};
  return { error: textOf(body["error"]), reason: textOf(body["reason"]) };
}

/** What an unexpected answer means. */
export function troubleOfReply(reply: Reply): Trouble {
  if (reply.status < 300) return { kind: "not-couchdb", status: reply.status };
  const { error, reason } = refusalOf(reply);
  return troubleOfAnswer(reply.status, error, reason);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 500) : "";
}
