import type { SyncFailure } from "./syncStatus";

/** How a record differs between this computer and the server, and so what is to be done about it. */
export const differenceKinds = [
  /** Made or changed here and not sent yet: it goes with the next exchange. */
  "waiting",
  /** Sent once, and the server has nothing of it any more: it is offered again. */
  "lost",
  /** Deleted here for good, or private here, and still on the server: it is deleted there. */
  "leaving",
  /** On the server and not here: it is fetched. */
  "missing-here",
  /** Another revision than the one known here: it is fetched, and merged with what was changed here. */
  "other-revision",
  /** The revision known here with another content: both are merged, nothing is lost. */
  "other-content",
  /** Several versions at once on the server, left by another program: they are merged. */
  "forked",
  /** Sent once and deleted by another program: it goes into the bin here. */
  "deleted-there",
  /** The server has it in a form that cannot be read here, and it is not set aside yet. */
  "unreadable",
  /** Set aside before, with a reason of its own. */
  "set-aside",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What the exchange does by itself, or a person decides elsewhere; the others are put right when asked for. */
const leftToOthers: ReadonlySet<DifferenceKind> = new Set(["waiting", "set-aside"]);

export function canBePutRight(kind: DifferenceKind): boolean {
  return !leftToOthers.has(kind);
}

export interface DifferenceGroup {
  readonly kind: DifferenceKind;
  readonly total: number;
  /** The first of them, at most `NAMED`. */
  readonly ids: readonly string[];
}
export const NAMED = 50;

/** What comparing both stores came to. Records count with their notes apart: a note is a record of its own. */
export interface Verification {
  /** When it ended, milliseconds since the epoch by this computer's clock. */
  readonly at: number;
  /** Records that were compared: the equal ones and those that differ. */
  readonly compared: number;
  readonly equal: number;
  /** Private ones, which only this computer has and which are not compared. */
  readonly private: number;
  /** Kinds without a record are left out. */
  readonly differences: readonly DifferenceGroup[];
}

export type VerifyFailure =
  | { readonly kind: "not-connected" }
  /** The line did not hold. `done` of `total` records had been compared. */
  | { readonly kind: "offline"; readonly done: number; readonly total: number }
  /** What the server has was never fetched whole, or it is another server than before: the exchange comes first. */
  | { readonly kind: "exchange-first" }
  /** One is under way already. */
  | { readonly kind: "busy" }
  /** There is no comparison to put right, since the app was started anew. */
  | { readonly kind: "not-verified" }
  | SyncFailure;
