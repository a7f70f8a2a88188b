import { z } from "zod";
import { returns } from "./rpc";
import type { CredentialsRejection } from "./credentialsRejection";
import type { Result } from "./result";

/**
 * The only way to the network, as the notebook worker sees it. Main holds address, credentials and session; a path is
 * relative to the configured database (`""`, `"_changes"`, `"_bulk_docs"`, `"_local/qiao"`, `"contact:…"`), and no
 * other address can be reached. Sessions are renewed inside; a 401 reaches the worker only when renewing failed.
 */
export type GatewayFailure =
  | { readonly kind: "not-connected" }
  /** No connection could be made, or it broke off (also a body cut short). */
  | { readonly kind: "offline"; readonly detail: string }
  | { readonly kind: "timeout" }
  | { readonly kind: "aborted" }
  /** An answer that is not CouchDB's: a captive portal, a proxy's error page, a redirect. */
  | { readonly kind: "not-couchdb"; readonly status: number }
  /** The server, or a proxy before it, has too much to do (429, 503). `retryAfter`: how long it asks to wait, in ms. */
  | { readonly kind: "busy"; readonly status: number; readonly retryAfter: number | null }
  | { readonly kind: "credentials-rejected"; readonly reason: CredentialsRejection }
  | { readonly kind: "insecure-connection"; readonly detail: string };

export interface GatewayAnswer {
  readonly status: number;
  /** The answer's body as text; always JSON by the time it is here. */
  readonly body: string;
  /** Server's clock from the Date header, milliseconds since the epoch; null if it sent none. */
  readonly serverTime: number | null;
}

const path = z
  .string()
  .max(2048)
  .refine(
    (value) => !value.startsWith("/") && !/(^|\/)\.\.?(\/|$)|[?#\\]/.test(value),
    "not a path inside the database",
  );

export const gatewayContract = {
  requests: {
    send: {
      args: z.object({
        method: z.enum(["GET", "POST", "PUT"]),
        /** Segments are encoded by main. */
        path,
        query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        /** JSON text. */
        body: z.string().optional(),
        /** Longest silence allowed while waiting for the next byte, in ms. Heartbeats of a long-poll count as bytes. */
        idleTimeout: z.number().int().positive().max(600_000).optional(),
      }),
      result: returns<Result<GatewayAnswer, GatewayFailure>>(),
    },
    /** A person wants an attempt now: what the server refused a while ago may be tried again, as far as that is safe. */
    tryAgain: { args: z.object({}), result: returns<null>() },
    /** The connection as configured now; null when none is. */
    connection: { args: z.object({}), result: returns<ConnectionInfo | null>() },
  },
  events: {
    /** Sent when a connection is made, changed or removed. */
    connection: z.object({ connection: z.custom<ConnectionInfo | null>() }),
    /** The system says that the network came back, or the computer woke up: worth an attempt now. */
    wake: z.object({ reason: z.enum(["network", "resume"]) }),
  },
} as const;
export type GatewayContract = typeof gatewayContract;

export interface ConnectionInfo {
  /** Origin and optional path prefix, without credentials, e.g. `https://sync.example.org`. */
  readonly address: string;
  readonly database: string;
  readonly user: string;
}
