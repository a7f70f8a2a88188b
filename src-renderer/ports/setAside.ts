import { z } from "zod";
import type { Result } from "../../src-main/shared/result";
import { returns } from "../../src-main/shared/rpc";
import type { SaveFailure } from "../domain/saveFailure";
import type { SyncFailure } from "../domain/syncStatus";

const id = z.string().max(2_000);
const aside = z.object({ id, direction: z.enum(["pull", "push"]) });

/** What can be done about a record that was set aside on its way to the server. */
export interface AsideFacts {
  readonly id: string;
  /** The size of the document to send, in bytes; null where there is none, as for a deletion. */
  readonly bytes: number | null;
  /** There is a server's version to go back to. */
  readonly hasServers: boolean;
}

export type AsideFailure =
  | { readonly kind: "not-connected" }
  /** The document is on the server, which cannot be reached. */
  | { readonly kind: "offline" }
  | { readonly kind: "not-found" }
  | SyncFailure;

export const setAsideRequests = {
  /** Of records set aside on their way to the server, in the order of the ids. */
  asideFacts: { args: z.object({ ids: z.array(id).max(200) }), result: returns<readonly AsideFacts[]>() },
  /** The document that was set aside, as JSON text, for a file of its own. */
  asideText: { args: aside, result: returns<Result<string, AsideFailure>>() },
  /** Gives up what was changed here: one step of Undo. `not-found` where the server never had it. */
  takeServers: { args: z.object({ id }), result: returns<Result<null, SaveFailure>>() },
  /** It stays as it is and is no longer told as a problem; not offered or read again until edited, or asked for. */
  keepAside: { args: aside, result: returns<Result<null, SaveFailure>>() },
} as const;
