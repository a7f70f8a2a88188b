import { failure, success, type Result } from "../../src-main/shared/result";
import { isJsonObject } from "../domain/jsonValue";
import type { Content } from "../domain/record";
import { mergeContents } from "./mergeContents";
import { troubleOfReply } from "./exchange";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import {
  deletionText,
  documentText,
  readLeaves,
  readOne,
  sameContent,
  type Documents,
  type Fork,
  type Leaf,
} from "./wire";

/**
 * Joins the leaves that other clients or a replication between servers left under one id: merges them, writes the
 * merge on the winning leaf and then retires the others. In two requests, because the rows of one `_bulk_docs` stand
 * or fall alone: a loser retired beside a merge that was refused would be lost. Two computers doing this at once
 * compute the same merge, and the second finds it there. What is written comes back by the feed like any change.
 * Answers whether the feed will bring something later than the leaves as they were.
 */
export async function settleFork(session: Session, fork: Fork, signal: AbortSignal): Promise<Result<boolean, Trouble>> {
  const { ask, log } = session.parts;
  if (/^\/|(^|\/)\.\.?(\/|$)|[?#\\]/.test(fork.id)) return success(false);
  const revs = JSON.stringify([fork.rev, ...fork.losers]);
  const answer = await ask({ method: "GET", path: fork.id, query: { open_revs: revs, revs: true } }, signal);
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return missingOr(answer.value.status, troubleOfReply(answer.value));
  const leaves = readLeaves(answer.value.json, answer.value.text);
  const winner = leaves.find(({ rev }) => rev === fork.rev);
  // By revision, so that every computer joins them in the same order.
  const losers = leaves.filter(({ rev }) => rev !== fork.rev).sort((a, b) => (a.rev < b.rev ? -1 : 1));
  if (!winner || losers.length === 0) return success(false);

  let merged: Content = winner.content;
  for (const loser of losers) {
    const base = await commonAncestor(session, fork.id, winner, loser, signal);
    if (!base.ok) return base;
    const both = mergeContents(base.value, merged, loser.content);
    if (both === null) {
      log("fork: written by a newer version", { id: fork.id });
      return success(false);
    }
    merged = both;
  }
  const isNew = !sameContent(merged, winner.content);
  if (isNew) {
    const written = await post(session, [documentText(merged, winner.rev)], signal);
    if (!written.ok) return written;
    // Somebody was faster or the server says no: the losers stay, and a later change of the document asks again.
    if (written.value !== "accepted") return success(written.value === "conflict");
  }
  session.exchanged = true;
  const retired = losers.map(({ rev }) => deletionText(fork.id, rev));
  const done = await post(session, retired, signal);
  return done.ok ? success(isNew || done.value === "accepted") : done;
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

/** `conflict`: somebody changed the document meanwhile. */
async function post(
  session: Session,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Result<"accepted" | "conflict" | "refused", Trouble>> {
  const body = `{"docs":[${texts.join(",")}]}`;
  const answer = await session.parts.ask({ method: "POST", path: "_bulk_docs", body }, signal);
  if (!answer.ok) return answer;
  const rows: unknown = answer.value.json;
  if (answer.value.status >= 300 || !Array.isArray(rows)) return success("refused");
  if (rows.every((row) => isJsonObject(row) && row["error"] === undefined)) return success("accepted");
  return success(rows.every((row) => isJsonObject(row) && row["error"] === "conflict") ? "conflict" : "refused");
}

function missingOr(status: number, trouble: Trouble): Result<false, Trouble> {
  return status === 404 ? success(false) : failure(trouble);
}

/**
 * Joins the forks of a page before anything of it is stored, and leaves out what the feed will bring joined. What is
 * here may be a leaf that lost: taking the winner first would leave its values on the server alone, and a server that is
 * made anew or restored would take them along. A page that cannot be joined for want of a connection comes again. In a
 * first pull nothing here is a leaf of that server yet; its forks wait for the outbox.
 */
export async function joinForks(
  session: Session,
  page: Documents,
  signal: AbortSignal,
): Promise<Result<Documents, Trouble>> {
  if (session.state.complete !== true || page.forks.length === 0) return success(page);
  const joined = new Set<string>();
  for (const fork of page.forks) {
    const settled = await settleFork(session, fork, signal);
    // A document that a server fails on stops no other.
    if (!settled.ok && settled.failure.kind !== "server-error") return settled;
    if (settled.ok && settled.value) joined.add(fork.id);
  }
  const isOpen = ({ id }: { readonly id: string }): boolean => !joined.has(id);
  return success({ ...page, arrivals: page.arrivals.filter(isOpen), forks: page.forks.filter(isOpen) });
}
