import { failure, success, type Result } from "../../src-main/shared/result";
import { isJsonObject } from "../domain/jsonValue";
import { troubleOfReply, type Question } from "./exchange";
import type { Limits } from "./limits";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { readChanges, type ChangesPage } from "./wire";

/**
 * Brings the server's changes here, page by page from the stored place, then with one long-poll open. It never asks
 * from `now`: what is written while nobody listens would be lost for good. Ends with the trouble that stopped it.
 */
export async function pull(session: Session, signal: AbortSignal): Promise<Trouble> {
  const { tell, clock } = session.parts;
  if (session.state.checkpoint === null) {
    const newest = await pullNewest(session, signal);
    if (!newest.ok) return newest.failure;
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

/** The newest records first, so that a new computer is of use at once. They come again with the pages; no harm. */
async function pullNewest(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { newest } = session.parts.limits;
  const page = await ask(session, { descending: true, limit: newest }, {}, signal);
  if (!page.ok) return page;
  session.parts.tell({ kind: "pulled", done: 0, total: page.value.rows });
  return session.writeFeed(page.value, undefined);
}

async function catchUp(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { tell, clock, limits, journal } = session.parts;
  let size = session.pageSize ?? limits.firstPage;
  let done = 0;
  let expected: number | null = null;
  for (;;) {
    const begun = clock.now();
    const page = await ask(session, { since: session.state.checkpoint ?? 0, limit: size }, {}, signal);
    if (!page.ok) {
      // The line may not hold for a page of this size, or one document may be what breaks it.
      if (page.failure.kind === "offline") session.pageSize = Math.max(limits.smallestPage, Math.floor(size / 2));
      return page;
    }
    const { rows, pending } = page.value;
    if (rows === 0) return success(null);
    if (expected === null && pending === null && rows >= size) {
      const count = await countDocuments(session, signal);
      if (!count.ok) return count;
      expected = count.value;
    }
    const written = await session.writeFeed(page.value, page.value.lastSeq);
    if (!written.ok) return written;
    done += rows;
    journal.note("pull", { records: rows, bytes: page.value.bytes, took: clock.now() - begun });
    tell({ kind: "progressed" });
    tell({ kind: "pulled", done, total: pending === null ? (expected ?? done) : done + pending });
    size = nextPageSize(size, clock.now() - begun, page.value.bytes, limits);
    session.pageSize = size;
  }
}

async function listen(session: Session, signal: AbortSignal): Promise<Trouble> {
  const { limits, tell, clock } = session.parts;
  const asked = clock.now();
  for (;;) {
    const page = await askWithin(
      asked + limits.longestListen - clock.now(),
      session,
      {
        feed: "longpoll",
        heartbeat: limits.heartbeat,
        since: session.state.checkpoint ?? 0,
        limit: limits.largestPage,
      },
      { idleTimeout: limits.listenSilence },
      signal,
    );
    if (page === "too-long") return { kind: "server-changed" };
    if (!page.ok) return page.failure;
    // With a heartbeat a long-poll has no end of its own. CouchDB ends it empty when the database is deleted.
    if (page.value.rows === 0) return { kind: "server-changed" };
    tell({ kind: "progressed" });
    const written = await session.writeFeed(page.value, page.value.lastSeq);
    if (!written.ok) return written.failure;
    session.parts.journal.note("pull", { records: page.value.rows, bytes: page.value.bytes });
    // The next long-poll answers at once if more waits; what `pending` says here is not to be relied on.
    tell({ kind: "caught-up", at: clock.now() });
  }
}

/** Asks like `ask`, but gives up after `ms`. */
async function askWithin(
  ms: number,
  session: Session,
  query: NonNullable<Question["query"]>,
  options: Pick<Question, "idleTimeout">,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof ask>> | "too-long"> {
  const inTime = new AbortController();
  const end = (): void => {
    inTime.abort();
  };
  signal.addEventListener("abort", end, { once: true });
  const cancel = session.parts.clock.schedule(Math.max(0, ms), end);
  try {
    const page = await ask(session, query, options, inTime.signal);
    return inTime.signal.aborted && !signal.aborted ? "too-long" : page;
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

async function ask(
  session: Session,
  query: NonNullable<Question["query"]>,
  options: Pick<Question, "idleTimeout">,
  signal: AbortSignal,
): Promise<Result<ChangesPage & { readonly bytes: number }, Trouble>> {
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
  const page = readChanges(answer.value.json, answer.value.text, new Date(clock.now()).toISOString());
  if (page === null) return failure({ kind: "not-couchdb", status: answer.value.status });
  return success({ ...page, bytes: answer.value.text.length });
}

/** How many documents the server has: what a first pull is measured by where the feed does not count. */
async function countDocuments(session: Session, signal: AbortSignal): Promise<Result<number | null, Trouble>> {
  const answer = await session.parts.ask({ method: "GET", path: "" }, signal);
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return failure(troubleOfReply(answer.value));
  const count = isJsonObject(answer.value.json) ? answer.value.json["doc_count"] : undefined;
  return success(typeof count === "number" ? count : null);
}
