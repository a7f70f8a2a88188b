import { failure, success, type Result } from "../../src-main/shared/result";
import { isJsonObject } from "../domain/jsonValue";
import type { Content } from "../domain/record";
import { mergeContents } from "./mergeContents";
import { troubleOfReply } from "./exchange";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { deletionText, documentText, readLeaves, readOne, sameContent, type Fork, type Leaf } from "./wire";

/**
 * Joins the leaves that other clients or a replication between servers left under one id: merges them, writes the
 * merge on the winning leaf and then retires the others. In two requests, because the rows of one `_bulk_docs` stand
 * or fall alone: a loser retired beside a merge that was refused would be lost. Two computers doing this at once
 * compute the same merge, and the second finds it there. What is written comes back by the feed like any change.
 */
export async function settleFork(session: Session, fork: Fork, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { ask, log } = session.parts;
  if (/^\/|(^|\/)\.\.?(\/|$)|[?#\\]/.test(fork.id)) return success(null);
  const revs = JSON.stringify([fork.rev, ...fork.losers]);
  const answer = await ask({ method: "GET", path: fork.id, query: { open_revs: revs, revs: true } }, signal);
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return missingOr(answer.value.status, troubleOfReply(answer.value));
  const leaves = readLeaves(answer.value.json, answer.value.text);
  const winner = leaves.find(({ rev }) => rev === fork.rev);
  // By revision, so that every computer joins them in the same order.
  const losers = leaves.filter(({ rev }) => rev !== fork.rev).sort((a, b) => (a.rev < b.rev ? -1 : 1));
  if (!winner || losers.length === 0) return success(null);

  let merged: Content = winner.content;
  for (const loser of losers) {
    const base = await commonAncestor(session, fork.id, winner, loser, signal);
    if (!base.ok) return base;
    const both = mergeContents(base.value, merged, loser.content);
    if (both === null) {
      log("fork: written by a newer version", { id: fork.id });
      return success(null);
    }
    merged = both;
  }
  if (!sameContent(merged, winner.content)) {
    const written = await post(session, [documentText(merged, winner.rev)], signal);
    if (!written.ok) return written;
    // Somebody was faster or the server says no: the losers stay, and a later change of the document asks again.
    if (!written.value) return success(null);
  }
  session.exchanged = true;
  const retired = losers.map(({ rev }) => deletionText(fork.id, rev));
  const done = await post(session, retired, signal);
  return done.ok ? success(null) : done;
}

/** The content both leaves grew from; undefined where the server has forgotten it. */
async function commonAncestor(
  session: Session,
  id: string,
  winner: Leaf,
  loser: Leaf,
  signal: AbortSignal,
): Promise<Result<Content | undefined, Trouble>> {
  const common = winner.ancestors.find((rev) => loser.ancestors.includes(rev));
  if (common === undefined) return success(undefined);
  const answer = await session.parts.ask({ method: "GET", path: id, query: { rev: common } }, signal);
  if (!answer.ok) return answer;
  const { status, json, text } = answer.value;
  return success(status === 200 ? (readOne(json, text) ?? undefined) : undefined);
}

/** Whether every row was accepted. */
async function post(
  session: Session,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Result<boolean, Trouble>> {
  const body = `{"docs":[${texts.join(",")}]}`;
  const answer = await session.parts.ask({ method: "POST", path: "_bulk_docs", body }, signal);
  if (!answer.ok) return answer;
  const rows: unknown = answer.value.json;
  if (answer.value.status >= 300 || !Array.isArray(rows)) return success(false);
  return success(rows.every((row) => isJsonObject(row) && row["error"] === undefined));
}

function missingOr(status: number, trouble: Trouble): Result<null, Trouble> {
  return status === 404 ? success(null) : failure(trouble);
}
