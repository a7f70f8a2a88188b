import type { Arrival, Decision, ErasedState, LocalState } from "../data/syncStore";
import { isPrivate } from "../data/storedRecord";
import { isShippedId } from "../domain/ids";
import type { Content } from "../domain/record";
import { mergeContents } from "./mergeContents";
import { sameContent } from "./wire";

/**
 * What becomes of a record when something arrives from the server. Pure: the store calls it while nothing else can
 * write. What was typed here is never given up for what arrives; the clock has no say.
 */
export function decide(arrival: Arrival, local: LocalState | undefined, erased?: ErasedState): Decision {
  if (local === undefined) {
    if (erased !== undefined) return decideErased(arrival, erased);
    return arrival.kind === "document" ? take(arrival.content, arrival.rev) : { kind: "keep" };
  }
  if (isPrivate(local.content)) return decidePrivate(arrival, local);
  if (arrival.rev === local.rev) return { kind: "keep" };
  if (arrival.kind === "tombstone") return decideTombstone(arrival.rev, local);
  if (!local.dirty) return take(arrival.content, arrival.rev);
  // The answer to a push was lost on the way: what arrives is our own.
  if (sameContent(local.content, arrival.content)) return take(arrival.content, arrival.rev);
  return decideBothChanged(arrival.content, arrival.rev, local);
}

/**
 * A record was erased here, and the server does not know yet. What it still has in the bin is erased too, also at a
 * later revision; what somebody has changed or taken out of the bin meanwhile comes back: an edit beats a delete.
 */
function decideErased(arrival: Arrival, erased: ErasedState): Decision {
  const { rev } = arrival;
  if (arrival.kind === "tombstone") return { kind: "gone", rev };
  if (rev === erased.rev) return { kind: "keep" };
  return isInBin(arrival.content) ? { kind: "erase", rev } : take(arrival.content, rev);
}

function isInBin(content: Content): boolean {
  const { deletedAt } =
    content.kind === "opaque" ? (JSON.parse(content.json) as { deletedAt?: unknown }) : content.record;
  return deletedAt !== undefined;
}

/**
 * What is done elsewhere to a record that is private here is not taken in. As long as it is private, this computer also
 * sees to it that the server has nothing under its id, whatever put it there: a push whose answer was lost before the
 * record became private, a backup of the server, a colleague who had not heard. Changes to a shipped record are no
 * record of their own: what others have under that id is theirs.
 */
function decidePrivate(arrival: Arrival, { id, rev }: LocalState): Decision {
  if (arrival.kind === "tombstone" || rev !== undefined || isShippedId(id)) return { kind: "keep" };
  return { kind: "erase", rev: arrival.rev };
}

/** An edit beats a delete, unless the edit was putting it into the bin, which both sides then want. */
function decideTombstone(rev: string, local: LocalState): Decision {
  if (local.dirty && !isDeletionHere(local)) return { kind: "keep" };
  return { kind: "gone", rev };
}

function decideBothChanged(theirs: Content, rev: string, local: LocalState): Decision {
  const merged = mergeContents(local.base, local.content, theirs);
  if (merged !== null) {
    return sameContent(merged, theirs) ? take(theirs, rev) : { kind: "merged", content: merged, rev, base: theirs };
  }
  // One of them is of a newer version of the app and cannot be merged. A person's own edit is kept until it can.
  if (local.content.kind !== "opaque") return { kind: "keep" };
  // Nobody here edited what this version cannot read; it waits because the server forgot it. The later one stands.
  return isLater(local.content, theirs)
    ? { kind: "merged", content: local.content, rev, base: theirs }
    : take(theirs, rev);
}

function take(content: Content, rev: string): Decision {
  return { kind: "take", content, rev };
}

function isDeletionHere({ content, base }: LocalState): boolean {
  if (content.kind === "opaque" || content.record.deletedAt === undefined) return false;
  return base === undefined || base.kind === "opaque" || base.record.deletedAt === undefined;
}

function isLater(mine: Content, theirs: Content): boolean {
  const [v, theirV] = [versionOf(mine), versionOf(theirs)];
  return v === theirV ? updatedAt(mine) > updatedAt(theirs) : v > theirV;
}

function versionOf(content: Content): number {
  return content.kind === "opaque" ? content.v : content.record.v;
}

function updatedAt(content: Content): string {
  if (content.kind !== "opaque") return content.record.updatedAt;
  const { updatedAt: at } = JSON.parse(content.json) as { updatedAt?: unknown };
  return typeof at === "string" ? at : "";
}
