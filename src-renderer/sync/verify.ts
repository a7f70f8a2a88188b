import { failure, success, type Result } from "../../src-main/shared/result";
import type { KnownRecords } from "../data/knownRecords";
import { createPace } from "../data/pace";
import type { SyncStore } from "../data/syncStore";
import { isJsonObject } from "../domain/jsonValue";
import type { DifferenceKind } from "../domain/verification";
import { askPage, askStubbornly, lookUpStubbornly, stubborn, type Asking } from "./allDocs";
import { Bell } from "./bell";
import { compareOne, thereOf, type There, type Verdict } from "./compareStores";
import type { Reply } from "./exchange";
import { compareServer, readMark } from "./identity";
import type { Limits } from "./limits";
import { nextPageSize } from "./pull";
import type { Trouble } from "./trouble";

export interface VerifyParts extends Asking {
  readonly known: KnownRecords;
  readonly store: Pick<SyncStore, "serverState" | "device">;
  readonly limits: Limits;
  /** Names the server state in the store. */
  readonly notebook: string;
  readonly tell: (progress: Progress) => void;
}

/** Records compared so far, of about how many. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface Comparison {
  readonly equal: number;
  readonly private: number;
  readonly differences: ReadonlyMap<string, DifferenceKind>;
}

export type VerifyTrouble = Trouble | { readonly kind: "exchange-first" };

/** Ids of one request when single records are looked up. */
const BATCH = 100;
/** What the feed is about to bring needs no more than this, in ms. */
const SETTLING = 600;

/**
 * Compares every record of both sides, page by page, while people and the exchange go on. What differs is looked at
 * once more at the end, since it may have been on its way: only what still differs then is told. Deleted documents are
 * not in `_all_docs`, but answer when they are asked for by id.
 */
export async function verify(parts: VerifyParts, signal: AbortSignal): Promise<Result<Comparison, VerifyTrouble>> {
  const { ask, store, known, tell, notebook } = parts;
  const server = await store.serverState(notebook);
  const mark = await stubborn(parts, signal, () => readMark(ask, store.device(), signal));
  if (!mark.ok) return mark;
  if (server.complete !== true || compareServer(server, mark.value) !== "same") {
    return failure({ kind: "exchange-first" });
  }
  const info = await askStubbornly(parts, { method: "GET", path: "" }, signal);
  if (!info.ok) return info;
  const tally = new Tally(Math.max(documentCount(info.value), known.ids().length), tell);
  const compared = await comparePages(parts, tally, signal);
  if (!compared.ok) return compared;
  await compareUnseen(parts, tally, signal);
  const differences = await confirm(parts, [...tally.suspects], signal);
  if (!differences.ok) return differences;
  const settled = differences.value;
  return success({
    equal: tally.equal + settled.equal,
    private: tally.private + settled.private,
    differences: settled.differences,
  });
}

/**
 * Which of these records differ, and how, by what both sides say now. Where a record was written here meanwhile, or the
 * exchange is about to settle it, it is looked at again.
 */
export async function confirm(
  parts: VerifyParts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Result<Comparison, Trouble>> {
  const found = await lookAt(parts, ids, signal);
  if (!found.ok) return found;
  const verdicts = found.value;
  const moving = [...verdicts].flatMap(([id, verdict]) => (mayPass.has(verdict) ? [id] : []));
  if (moving.length > 0) {
    await new Bell().wait(parts.clock, SETTLING, signal);
    const again = await lookAt(parts, moving, signal);
    if (!again.ok) return again;
    for (const [id, verdict] of again.value) verdicts.set(id, verdict);
  }
  const differences = new Map<string, DifferenceKind>();
  let equal = 0;
  let kept = 0;
  for (const [id, verdict] of verdicts) {
    if (verdict === "equal") equal += 1;
    else if (verdict === "private") kept += 1;
    else if (verdict !== "nothing") differences.set(id, verdict);
  }
  return success({ equal, private: kept, differences });
}

/** What an ordinary exchange may be settling at this moment. */
const mayPass: ReadonlySet<Verdict> = new Set([
  "lost",
  "missing-here",
  "other-revision",
  "other-content",
  "deleted-there",
  "forked",
  "unreadable",
  "leaving",
]);

class Tally {
  readonly seen = new Set<string>();
  readonly suspects = new Set<string>();
  equal = 0;
  private = 0;

  constructor(
    private readonly total: number,
    private readonly tell: (progress: Progress) => void,
  ) {
    this.show();
  }

  count(id: string, verdict: Verdict): void {
    this.seen.add(id);
    if (verdict === "equal") this.equal += 1;
    else if (verdict === "private") this.private += 1;
    else if (verdict !== "nothing") this.suspects.add(id);
  }

  show(): void {
    this.tell({ done: Math.min(this.seen.size, this.total), total: this.total });
  }
}

/** Everything that the server lists. A page begins with the last id of the one before, so that none is left out. */
async function comparePages(parts: VerifyParts, tally: Tally, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { limits, clock } = parts;
  const pace = createPace();
  let size = limits.firstPage;
  let last: string | undefined;
  for (;;) {
    const from = last;
    const begun = clock.now();
    const page = await stubborn(
      parts,
      signal,
      () => askPage(parts, from, size + 1, signal),
      () => (size = Math.max(limits.smallestPage, Math.floor(size / 2))),
    );
    if (!page.ok) return page;
    const { lookups, rows, bytes } = page.value;
    const fresh = lookups.filter(({ id }) => id !== from && !id.startsWith("_"));
    const known = await parts.known.load(fresh.map(({ id }) => id));
    for (const [index, lookup] of fresh.entries()) {
      const here = known[index];
      if (here) tally.count(lookup.id, compareOne(here, thereOf(lookup)));
      await pace();
    }
    tally.show();
    last = lookups.at(-1)?.id;
    if (rows <= size || last === undefined) return success(null);
    size = nextPageSize(size, clock.now() - begun, bytes, limits);
  }
}

/** What is here and was not in any page: the server has nothing alive of it. */
async function compareUnseen(parts: VerifyParts, tally: Tally, signal: AbortSignal): Promise<void> {
  const unseen = parts.known.ids().filter((id) => !tally.seen.has(id));
  const pace = createPace();
  for (let from = 0; from < unseen.length && !signal.aborted; from += BATCH) {
    for (const here of await parts.known.load(unseen.slice(from, from + BATCH))) {
      tally.count(here.id, compareOne(here, { kind: "missing" }));
      await pace();
    }
    tally.show();
  }
}

/** Verdicts of single records. One that was written here between two looks is looked at again. */
async function lookAt(
  parts: VerifyParts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, Verdict>, Trouble>> {
  const verdicts = new Map<string, Verdict>();
  for (let from = 0; from < ids.length; from += BATCH) {
    let open = ids.slice(from, from + BATCH);
    for (let time = 0; time < 3 && open.length > 0; time += 1) {
      const before = await parts.known.load(open);
      const there = await lookUpNow(parts, open, signal);
      if (!there.ok) return there;
      const after = await parts.known.load(open);
      const moved: string[] = [];
      for (const [index, here] of after.entries()) {
        verdicts.set(here.id, compareOne(here, there.value.get(here.id) ?? { kind: "missing" }));
        if (before[index]?.version !== here.version) moved.push(here.id);
      }
      open = moved;
    }
  }
  return success(verdicts);
}

async function lookUpNow(
  parts: VerifyParts,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, There>, Trouble>> {
  const found = await lookUpStubbornly(parts, keys, signal);
  return found.ok ? success(new Map(found.value.map((lookup) => [lookup.id, thereOf(lookup)]))) : found;
}

function documentCount({ json }: Reply): number {
  const count = isJsonObject(json) ? json["doc_count"] : undefined;
  return typeof count === "number" ? count : 0;
}
