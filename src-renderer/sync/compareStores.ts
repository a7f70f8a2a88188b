import type { KnownRecord, StoredHere } from "../data/knownRecords";
import { isShippedId } from "../domain/ids";
import type { Content } from "../domain/record";
import type { DifferenceKind } from "../domain/verification";
import { sameContent, type Lookup } from "./wire";

/** What the server has under an id. */
export type There =
  | { readonly kind: "missing" }
  | { readonly kind: "tombstone" }
  | { readonly kind: "unreadable" }
  | { readonly kind: "document"; readonly rev: string; readonly content: Content; readonly forked: boolean };

/** `nothing`: neither side has anything. `private`: only for this computer, and rightly only here. */
export type Verdict = DifferenceKind | "equal" | "private" | "nothing";

/** What an answer of `_all_docs` says of one id. */
export function thereOf(lookup: Lookup): There {
  if (lookup.kind === "missing") return { kind: "missing" };
  const { arrivals, quarantined, forks } = lookup.documents;
  if (quarantined.length > 0) return { kind: "unreadable" };
  const [arrival] = arrivals;
  // Without a document: deleted or purged while the answer was made.
  if (!arrival) return { kind: "missing" };
  if (arrival.kind === "tombstone") return { kind: "tombstone" };
  return { kind: "document", rev: arrival.rev, content: arrival.content, forked: forks.length > 0 };
}

/** Compares what both sides have under one id. Pure. */
export function compareOne({ id, stored, isAside }: KnownRecord, there: There): Verdict {
  if (stored.kind === "record" && stored.private) {
    // What others have under the id of a shipped record is theirs.
    return there.kind === "document" && !isShippedId(id) ? "leaving" : "private";
  }
  if (isAside) return "set-aside";
  if (there.kind === "unreadable") return "unreadable";
  if (stored.kind === "record") return compareRecord(stored, there);
  if (there.kind !== "document") return "nothing";
  return stored.kind === "erased" ? "leaving" : "missing-here";
}

function compareRecord(stored: StoredHere, there: Exclude<There, { kind: "unreadable" }>): Verdict {
  const { content, rev, dirty, base, gone } = stored;
  if (there.kind !== "document") {
    // Deleted on both sides, as far as the server goes.
    if (gone) return "equal";
    if (dirty || rev === undefined) return "waiting";
    return there.kind === "missing" ? "lost" : "deleted-there";
  }
  if (gone || there.rev !== rev) return "other-revision";
  const exchanged = dirty ? base : content;
  if (exchanged && !sameContent(exchanged, there.content)) return "other-content";
  if (there.forked) return "forked";
  return dirty ? "waiting" : "equal";
}
