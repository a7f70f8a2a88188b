import type { GatewayFailure } from "../../src-main/shared/gateway";
import { assertNever } from "../../src-main/shared/result";
import type { SyncFailure } from "../domain/syncStatus";

/** Why an exchange with the server stopped. */
export type Trouble =
  /** Told to stop; nothing is wrong. */
  | { readonly kind: "stopped" }
  /** No connection is configured any more. */
  | { readonly kind: "not-connected" }
  /** No answer: no network, server down, answer cut off or silent for too long. */
  | { readonly kind: "offline"; readonly detail: string }
  /** The server turned out to be another one than a moment ago: begin again with asking who it is. */
  | { readonly kind: "server-changed" }
  | SyncFailure;

export function troubleOfGateway(failed: GatewayFailure): Trouble {
  switch (failed.kind) {
    case "not-connected":
      return { kind: "not-connected" };
    case "offline":
      return { kind: "offline", detail: failed.detail };
    case "timeout":
      return { kind: "offline", detail: "timeout" };
    case "aborted":
      return { kind: "stopped" };
    case "not-couchdb":
      return { kind: "not-couchdb", status: failed.status };
    case "busy": {
      const { status, retryAfter } = failed;
      const asked = retryAfter === null ? {} : { retryAfter };
      return { kind: "server-error", status, reason: "", ...asked };
    }
    case "credentials-rejected":
      return { kind: "credentials-rejected", reason: failed.reason };
    case "insecure-connection":
      return { kind: "insecure-connection", detail: failed.detail };
    default:
      return assertNever(failed);
  }
}

/** What an answer other than the expected one means for the exchange as a whole. */
export function troubleOfAnswer(status: number, error: string, reason: string): Trouble {
  if (status === 401) return { kind: "credentials-rejected", reason: "password" };
  if (status === 403) return { kind: "credentials-rejected", reason: "not-a-member" };
  if (status === 404) return { kind: "database-missing" };
  return { kind: "server-error", status, reason: reason || error };
}
