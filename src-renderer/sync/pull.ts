import { failure, success, type Result } from "../../src-main/shared/result";
import { isJsonObject } from "../domain/jsonValue";
import { timeLeft } from "./backoff";
import { troubleOfReply, type Question } from "./exchange";
import { joinForks } from "./forks";
import type { Limits } from "./limits";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { lookUp } from "./lookups";
import { changedIds, readChanges, readLeavesOfChanges, type ChangesPage } from "./wire";

/**
 * Brings the server's changes here, page by page from the stored place, then with one long-poll open. It never asks
 * from `now`: what is written while nobody listens would be lost for good. Ends with the trouble that stopped it.
 */
export async function pull(
  session: Session,
  signal: AbortSignal,
  newest = session.state.checkpoint === null ? askNewest(session, signal) : null,
): Promise<Trouble> {
  const { tell, clock } = session.parts;
  if (newest !== null) {
    const taken = await takeNewest(session, await newest);
    if (!taken.ok) return taken.failure;
  }
  const caughtUp = await catchUp(session, signal);
  if (!caughtUp.ok) return caughtUp.failure;
  if (session.state.complete !== true) {
    const complete = await session.changeServerState({ complete: true });
    if (!complete.ok) return complete.failure;
  }
  tell({ kind: "caught-up", at: clock.now() });
  session.parts.journal.note("up-to-date");
  session.release();
  return listen(session, signal);
}

type Answered = Result<ChangesPage & { readonly bytes: number }, Trouble>;

/** The newest records first, so that a new computer is of use at once. They come again with the pages; no harm. */
export function askNewest(session: Session, signal: AbortSignal): Promise<Answered> {
  return ask(session, { descending: true, limit: session.parts.limits.newest }, {}, signal);
}

async function takeNewest(session: Session, page: Answered): Promise<Result<null, Trouble>> {
  if (!page.ok) return page;
  session.parts.tell({ kind: "pulled", done: 0, total: page.value.rows });
  return session.writeFeed(page.value, undefined);
}

/** A page is on its way while the one before it is written. */
async function catchUp(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { tell, limits, journal } = session.parts;
  let size = session.pageSize ?? limits.firstPage;
  let done = 0;
  let expected: number | null = null;
  let asked = askPage(session, session.state.checkpoint ?? 0, size, signal);
  for (;;) {
    const { page, took } = await asked;
    if (!page.ok) {
      // The line may not hold for a page of this size, or one document may be what breaks it.
      if (page.failure.kind === "offline") session.pageSize = Math.max(limits.smallestPage, Math.floor(size / 2));
      return page;
    }
    const { rows, pending, lastSeq, bytes } = page.value;
    if (rows === 0) return success(null);
    const counting: Promise<Result<number | null, Trouble>> | null =
      expected === null && pending === null && rows >= size ? countDocuments(session, signal) : null;
    size = nextPageSize(size, took, bytes, limits);
    asked = askPage(session, lastSeq, size, signal);
    const joined = await joinForks(session, page.value, signal);
    if (!joined.ok) return joined;
    const written = await session.writeFeed(joined.value, lastSeq);
    if (!written.ok) return written;
    if (counting !== null) {
      const count: Result<number | null, Trouble> = await counting;
      if (!count.ok) return count;
      expected = count.value;
    }
    done += rows;
    journal.note("pull", { records: rows, bytes, took });
    tell({ kind: "progressed" });
    tell({ kind: "pulled", done, total: pending === null ? (expected ?? done) : done + pending });
    session.pageSize = size;
  }
}

interface TimedPage {
  readonly page: Answered;
  /** How long the answer took, in ms. */
  readonly took: number;
}

function askPage(session: Session, since: string | number, limit: number, signal: AbortSignal): Promise<TimedPage> {
  const { clock } = session.parts;
  const begun = clock.now();
  const timed = ask(session, { since, limit }, {}, signal).then((page) => ({ page, took: clock.now() - begun }));
  // Whoever waits for it hears of an exception; where the page before could not be written, nobody does.
  timed.catch(() => undefined);
  return timed;
}

async function listen(session: Session, signal: AbortSignal): Promise<Trouble> {
  const { limits, tell, clock } = session.parts;
  const asked = clock.now();
  for (;;) {
    const left = timeLeft(asked + limits.longestListen, clock.now(), limits.longestListen);
    const page = await within(left, session, signal, (inTime) => {
      const query = {
        feed: "longpoll",
        heartbeat: limits.heartbeat,
        since: session.state.checkpoint ?? 0,
        limit: limits.largestPage,
      };
      const options = { idleTimeout: limits.listenSilence };
      return session.pushesMuch
        ? askWithoutEchoes(session, query, options, inTime)
        : ask(session, query, options, inTime);
    });
    if (page === "too-long") return { kind: "server-changed" };
    if (!page.ok) return page.failure;
    // With a heartbeat a long-poll has no end of its own. CouchDB ends it empty when the database is deleted.
    if (page.value.rows === 0) return { kind: "server-changed" };
    tell({ kind: "progressed" });
    const joined = await joinForks(session, page.value, signal);
    if (!joined.ok) return joined.failure;
    const written = await session.writeFeed(joined.value, page.value.lastSeq);
    if (!written.ok) return written.failure;
    session.parts.journal.note("pull", { records: page.value.rows, bytes: page.value.bytes });
    // The next long-poll answers at once if more waits; what `pending` says here is not to be relied on.
    tell({ kind: "caught-up", at: clock.now() });
  }
}

/** Works under a signal that ends with the given one or after `ms`. */
async function within<Value>(
  ms: number,
  session: Session,
  signal: AbortSignal,
  work: (inTime: AbortSignal) => Promise<Value>,
): Promise<Value | "too-long"> {
  const inTime = new AbortController();
  const end = (): void => {
    inTime.abort();
  };
  // Stopped while the page before was written: no event comes any more.
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  const cancel = session.parts.clock.schedule(Math.max(0, ms), end);
  try {
    const value = await work(inTime.signal);
    return inTime.signal.aborted && !signal.aborted ? "too-long" : value;
  } finally {
    cancel();
    signal.removeEventListener("abort", end);
  }
}

export function nextPageSize(size: number, took: number, bytes: number, limits: Limits): number {
  if (took > limits.pageTime || bytes > limits.pageBytes) return Math.max(limits.smallestPage, Math.floor(size / 2));
  if (took < limits.pageTime / 2 && bytes < limits.pageBytes / 2) return Math.min(limits.largestPage, size * 2);
  return size;
}

/**
 * Asks for the changes alone and then for those documents that are not just what was sent from here. For a large push:
 * with `include_docs` all of it would come back over the line. `all_docs` names every leaf: a fork is no echo.
 */
async function askWithoutEchoes(
  session: Session,
  query: NonNullable<Question["query"]>,
  options: Pick<Question, "idleTimeout">,
  signal: AbortSignal,
): Promise<Answered> {
  const answer = await session.parts.ask(
    { method: "GET", path: "_changes", query: { style: "all_docs", ...query }, ...options },
    signal,
  );
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return failure(troubleOfReply(answer.value));
  const { json, text } = answer.value;
  const feed = readLeavesOfChanges(json);
  if (feed === null) return failure({ kind: "not-couchdb", status: answer.value.status });
  await session.answered(feed.changes.map(({ id }) => id));
  const news = feed.changes.filter(
    ({ id, leaves }) => leaves.length !== 1 || !session.echoes.isEcho(id, leaves[0] ?? ""),
  );
  const looked =
    news.length === 0 ? success([]) : await lookUp(session, [...new Set(news.map(({ id }) => id))], signal);
  if (!looked.ok) return looked;
  const documents = looked.value.flatMap((lookup) => (lookup.kind === "found" ? [lookup.documents] : []));
  return success({
    arrivals: documents.flatMap(({ arrivals }) => arrivals),
    quarantined: documents.flatMap(({ quarantined }) => quarantined),
    forks: documents.flatMap(({ forks }) => forks),
    rows: feed.rows,
    lastSeq: feed.lastSeq,
    pending: null,
    bytes: text.length,
  });
}

async function ask(
  session: Session,
  query: NonNullable<Question["query"]>,
  options: Pick<Question, "idleTimeout">,
  signal: AbortSignal,
): Promise<Answered> {
  const { ask, clock } = session.parts;
  const answer = await ask(
    {
      method: "GET",
      path: "_changes",
      query: { include_docs: true, conflicts: true, attachments: false, ...query },
      ...options,
    },
    signal,
  );
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return failure(troubleOfReply(answer.value));
  const { json, text } = answer.value;
  await session.answered(changedIds(json));
  const isEcho = (id: string, rev: string): boolean => session.echoes.isEcho(id, rev);
  const page = readChanges(json, text, new Date(clock.now()).toISOString(), isEcho);
  if (page === null) return failure({ kind: "not-couchdb", status: answer.value.status });
  return success({ ...page, bytes: text.length });
}

/** How many documents the server has: what a first pull is measured by where the feed does not count. */
async function countDocuments(session: Session, signal: AbortSignal): Promise<Result<number | null, Trouble>> {
  const answer = await session.parts.ask({ method: "GET", path: "" }, signal);
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return failure(troubleOfReply(answer.value));
  const count = isJsonObject(answer.value.json) ? answer.value.json["doc_count"] : undefined;
  return success(typeof count === "number" ? count : null);
}
