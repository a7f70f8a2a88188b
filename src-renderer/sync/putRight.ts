import { failure, success, type Result } from "../../src-main/shared/result";
import { isPrivate } from "../data/storedRecord";
import type { Arrival, Decision, ErasedState, LocalState, SyncStore } from "../data/syncStore";
import { canBePutRight, type DifferenceKind } from "../domain/verification";
import { lookUpStubbornly } from "./allDocs";
import { Bell } from "./bell";
import { decide } from "./decide";
import { mergeContents } from "./mergeContents";
import type { Trouble } from "./trouble";
import { confirm, type Comparison, type VerifyParts } from "./verify";
import { sameContent } from "./wire";

export interface PutRightParts extends VerifyParts {
  readonly store: SyncStore;
  /** Has the exchange read these records anew. */
  readonly fetchAgain: (id: string) => Promise<void>;
}

/** Records of one write. */
const BATCH = 100;
/** How long what is put right may take before what is left is told, in ms, and how often it is looked at. */
const PATIENCE = 20_000;
const LOOKS = 8;

/**
 * Does about each difference what was said of it, and waits until it is so: what is to be fetched is read anew by the
 * exchange itself, what the server lost is marked as waiting, and two contents under one revision are merged.
 */
export async function putRight(
  parts: PutRightParts,
  differences: ReadonlyMap<string, DifferenceKind>,
  signal: AbortSignal,
): Promise<Result<Comparison, Trouble>> {
  const ids = [...differences].flatMap(([id, kind]) => (canBePutRight(kind) ? [id] : []));
  const ofKind = (wanted: DifferenceKind): string[] => ids.filter((id) => differences.get(id) === wanted);
  const offered = await offerAgain(parts, ofKind("lost"));
  if (!offered.ok) return offered;
  const merged = await mergeAgain(parts, ofKind("other-content"), signal);
  if (!merged.ok) return merged;
  for (const id of ids) {
    const kind = differences.get(id);
    if (kind !== "lost" && kind !== "other-content") await parts.fetchAgain(id);
  }
  for (let look = 0; ; look += 1) {
    parts.tell({ done: 0, total: ids.length });
    const left = await confirm(parts, [...differences.keys()], signal);
    if (!left.ok) return left;
    const open = [...left.value.differences.values()].filter((kind) => kind !== "set-aside").length;
    parts.tell({ done: Math.max(0, ids.length - open), total: ids.length });
    if (open === 0 || look + 1 >= LOOKS) return left;
    if ((await new Bell().wait(parts.clock, PATIENCE / LOOKS, signal)) === "aborted")
      return failure({ kind: "stopped" });
  }
}

/** Marks as waiting what the server had and lost. What was changed here meanwhile waits anyway. */
async function offerAgain({ store, notebook }: PutRightParts, ids: readonly string[]): Promise<Result<null, Trouble>> {
  return inBatches(ids, (part) =>
    write(
      store,
      notebook,
      // The decision alone counts here: there is nothing on the server to arrive.
      part.map((id): Arrival => ({ kind: "tombstone", id, rev: "" })),
      (_, local) =>
        local && !local.dirty ? { kind: "merged", content: local.content, rev: "", base: local.content } : keep,
    ),
  );
}

/** Fetches what the server has under the revision known here and merges it in, and sends the merge. */
async function mergeAgain(
  parts: PutRightParts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Result<null, Trouble>> {
  return inBatches(ids, async (part) => {
    const found = await lookUpStubbornly(parts, part, signal);
    if (!found.ok) return found;
    const arrivals = found.value.flatMap((lookup) => (lookup.kind === "found" ? lookup.documents.arrivals : []));
    return write(parts.store, parts.notebook, arrivals, decideAnew);
  });
}

const keep: Decision = { kind: "keep" };

/**
 * As for whatever arrives, but where the revision is the known one and the content is not: which of the two is right
 * nobody can say, so nothing of either is given up, as for two leaves without an ancestor.
 */
export function decideAnew(arrival: Arrival, local: LocalState | undefined, erased: ErasedState | undefined): Decision {
  const usual = decide(arrival, local, erased);
  if (usual.kind !== "keep" || !local || arrival.kind !== "document" || arrival.rev !== local.rev) return usual;
  const { content: theirs, rev } = arrival;
  const exchanged = local.dirty ? local.base : local.content;
  if (isPrivate(local.content) || (exchanged && sameContent(exchanged, theirs))) return usual;
  const merged = mergeContents(undefined, local.content, theirs);
  if (merged === null || sameContent(merged, theirs)) {
    return local.dirty && merged === null ? usual : { kind: "take", content: theirs, rev };
  }
  return { kind: "merged", content: merged, rev, base: theirs };
}

async function write(
  store: SyncStore,
  notebook: string,
  arrivals: readonly Arrival[],
  decided: (arrival: Arrival, local: LocalState | undefined, erased: ErasedState | undefined) => Decision,
): Promise<Result<null, Trouble>> {
  // No news to a person: both sides had it.
  const written = await store.writePulled(notebook, { arrivals, first: true }, decided);
  return written.ok ? written : failure({ kind: "not-saved", failure: written.failure });
}

async function inBatches(
  ids: readonly string[],
  work: (part: readonly string[]) => Promise<Result<null, Trouble>>,
): Promise<Result<null, Trouble>> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const done = await work(ids.slice(from, from + BATCH));
    if (!done.ok) return done;
  }
  return success(null);
}
