import type { CredentialsRejection } from "../../src-main/shared/credentialsRejection";
import type { SaveFailure } from "./saveFailure";

/** State of the sync, shown in the status line. Counts are records. */
export type SyncStatus =
  | { readonly kind: "not-connected"; readonly waiting: number }
  | { readonly kind: "offline"; readonly waiting: number; readonly retryAt: number | null }
  | { readonly kind: "syncing"; readonly done: number; readonly total: number; readonly waiting: number }
  /** `at`: when the last exchange ended, milliseconds since the epoch by this computer's clock. */
  | { readonly kind: "synced"; readonly at: number; readonly waiting: number }
  | {
      readonly kind: "failed";
      readonly failure: SyncFailure;
      readonly waiting: number;
      readonly retryAt: number | null;
    };

/** What stops the sync; one record that cannot be read or sent stops nothing and is in the quarantine instead. */
export type SyncFailure =
  | { readonly kind: "credentials-rejected"; readonly reason: CredentialsRejection }
  | { readonly kind: "database-missing" }
  | { readonly kind: "not-couchdb"; readonly status: number }
  /** `retryAfter`: how long the server asks to wait, in ms. */
  | {
      readonly kind: "server-error";
      readonly status: number;
      readonly reason: string;
      readonly retryAfter?: number;
    }
  /** No certificate that could be trusted, or none at all; `detail` is the network's own code. */
  | { readonly kind: "insecure-connection"; readonly detail: string }
  | { readonly kind: "not-saved"; readonly failure: SaveFailure }
  /** A bug. */
  | { readonly kind: "unexpected"; readonly detail: string };

export interface QuarantineEntry {
  readonly id: string;
  readonly direction: "pull" | "push";
  readonly reason: "unreadable" | "too-large" | "refused" | "bad-id";
  readonly detail: string;
  /** ISO instant. */
  readonly since: string;
  /** Version of the app that could not read it; another one tries again by itself. */
  readonly version?: string | undefined;
  /** A person leaves it as it is: not tried again with the others, and no problem any more. */
  readonly kept?: boolean | undefined;
}
