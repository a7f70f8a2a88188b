import { failure, success, type Result } from "../../src-main/shared/result";
import type { Clock } from "../data/clock";
import { isJsonObject } from "../domain/jsonValue";
import { retryDelay } from "./backoff";
import { Bell } from "./bell";
import { troubleOfReply, type Ask, type Question, type Reply } from "./exchange";
import type { Trouble } from "./trouble";
import { readLookups, type Lookup } from "./wire";

export interface Asking {
  readonly ask: Ask;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Attempts at one request in a row before the line is said not to hold. */
const TRIES = 6;
/** Longest wait between two of them, in ms. */
const LONGEST_WAIT = 8_000;

export interface DocumentsPage {
  readonly lookups: readonly Lookup[];
  /** All rows, also those that are none of ours. */
  readonly rows: number;
  /** Size of the answer. */
  readonly bytes: number;
}

/** The documents from one id on, in the server's own order; that id is among them if it is still there. */
export function askPage(
  asking: Asking,
  from: string | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<Result<DocumentsPage, Trouble>> {
  return askAllDocs(
    asking,
    { method: "GET" },
    { limit, ...(from === undefined ? {} : { startkey: JSON.stringify(from) }) },
    signal,
  );
}

/** What the server has under these ids, deleted documents too, asked for as often as a bad line needs. */
export async function lookUpStubbornly(
  asking: Asking,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly Lookup[], Trouble>> {
  const body = JSON.stringify({ keys });
  return stubborn(asking, signal, async () => {
    const page = await askAllDocs(asking, { method: "POST", body }, {}, signal);
    return page.ok ? success(page.value.lookups) : page;
  });
}

async function askAllDocs(
  { ask, clock }: Asking,
  question: Pick<Question, "method" | "body">,
  query: NonNullable<Question["query"]>,
  signal: AbortSignal,
): Promise<Result<DocumentsPage, Trouble>> {
  const answer = await ask(
    { ...question, path: "_all_docs", query: { include_docs: true, conflicts: true, ...query } },
    signal,
  );
  if (!answer.ok) return answer;
  const { status, json, text } = answer.value;
  const lookups = status === 200 ? readLookups(json, text, new Date(clock.now()).toISOString()) : null;
  if (lookups === null) return failure(troubleOfReply(answer.value));
  const rows = isJsonObject(json) && Array.isArray(json["rows"]) ? json["rows"].length : 0;
  return success({ lookups, rows, bytes: text.length });
}

/** Asks what must be answered with 200. */
export function askStubbornly(
  asking: Asking,
  question: Question,
  signal: AbortSignal,
): Promise<Result<Reply, Trouble>> {
  return stubborn(asking, signal, async () => {
    const answer = await asking.ask(question, signal);
    return answer.ok && answer.value.status !== 200 ? failure(troubleOfReply(answer.value)) : answer;
  });
}

/** Tries again what a bad line or a busy server did not let through, a few times in a row. */
export async function stubborn<Value>(
  { clock, random }: Asking,
  signal: AbortSignal,
  work: () => Promise<Result<Value, Trouble>>,
  beforeAgain: () => void = () => undefined,
): Promise<Result<Value, Trouble>> {
  for (let attempt = 0; ; attempt += 1) {
    const done = await work();
    if (done.ok || attempt + 1 >= TRIES || !isPassing(done.failure)) return done;
    beforeAgain();
    const delay = Math.min(LONGEST_WAIT, retryDelay(attempt, done.failure, random()));
    if ((await new Bell().wait(clock, delay, signal)) === "aborted") return failure({ kind: "stopped" });
  }
}

const passing: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

function isPassing(trouble: Trouble): boolean {
  return trouble.kind === "offline" || (trouble.kind === "server-error" && passing.has(trouble.status));
}
