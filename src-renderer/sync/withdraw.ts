import { failure, success, type Result } from "../../src-main/shared/result";
import type { Accepted, ErasedState } from "../data/syncStore";
import { isJsonObject, type JsonObject } from "../domain/jsonValue";
import { troubleOfReply, type Reply } from "./exchange";
import { setAside, type Refused } from "./push";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { deletionText } from "./wire";

/** Records looked at and deleted at once; the answer to the look has them whole. */
const BATCH = 50;
/** Attempts at records that somebody changes on the server between the look and the deletion. */
const TRIES = 3;

/**
 * Deletes on the server what became private here: whatever is under these ids by now, with every leaf of a conflict,
 * so that none of them comes to light instead. Nothing but id and revision is sent. What is here does not change before
 * the server has said that it is gone there; then the record is one that the server never had.
 */
export async function withdraw(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { store, tell, journal } = session.parts;
  for (let tries = 0; ;) {
    const rows = await store.withdrawals(BATCH);
    if (rows.length === 0) return success(null);
    const done = await session.sending(
      rows.map(({ id }) => id),
      () => withdrawRows(session, rows, signal),
    );
    if (!done.ok) return done;
    const { settled, unsettled } = done.value;
    journal.note("withdraw", { records: rows.length, accepted: settled });
    if (settled > 0) tell({ kind: "progressed" });
    if (unsettled === null || signal.aborted) continue;
    tries += 1;
    if (tries >= TRIES) return failure(unsettled);
  }
}

interface Withdrawn {
  /** Done with: gone there, or set aside. */
  readonly settled: number;
  /** Why some are not; null if all are. */
  readonly unsettled: Trouble | null;
}

async function withdrawRows(
  session: Session,
  rows: readonly ErasedState[],
  signal: AbortSignal,
): Promise<Result<Withdrawn, Trouble>> {
  const heads = await lookAt(session, rows, signal);
  if (!heads.ok) return heads;
  const present = rows.filter(({ id }) => heads.value.has(id));
  const accepted: Accepted[] = rows
    .filter(({ id }) => !heads.value.has(id))
    .map(({ id, rev, version }) => ({ id, rev, version, content: null }));
  const refused: Refused[] = [];
  let unsettled: Trouble | null = null;
  if (present.length > 0) {
    const texts = present.flatMap(({ id }) => (heads.value.get(id) ?? []).map((rev) => deletionText(id, rev)));
    const body = `{"docs":[${texts.join(",")}]}`;
    const answer = await session.parts.ask({ method: "POST", path: "_bulk_docs", body }, signal);
    if (!answer.ok) return answer;
    const outcomes = outcomesById(answer.value);
    if (outcomes === null) return failure(troubleOfReply(answer.value));
    session.exchanged = true;
    for (const row of present) {
      const { revs, error, reason } = outcomes.get(row.id) ?? { revs: [], error: "unanswered", reason: "" };
      for (const rev of revs) session.echoes.pushed(row.id, row.rev, rev);
      if (error === "") accepted.push({ ...row, rev: revs[0] ?? row.rev, content: null });
      else if (error === "forbidden" || error === "unauthorized") {
        refused.push({ parcel: { row, text: "", parent: row.rev }, error, reason, status: answer.value.status });
      } else unsettled = { kind: "server-error", status: answer.value.status, reason: reason || error };
    }
  }
  if (accepted.length > 0) {
    const kept = await session.parts.store.accept(accepted);
    if (!kept.ok) return failure({ kind: "not-saved", failure: kept.failure });
    for (const { id } of accepted) session.forks.delete(id);
  }
  const aside = await setAside(session, refused);
  if (!aside.ok) return aside;
  return success({ settled: accepted.length + refused.length, unsettled });
}

/** The living revisions under these ids, the winning one last; ids with none are left out. */
async function lookAt(
  session: Session,
  rows: readonly ErasedState[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, readonly string[]>, Trouble>> {
  const keys = rows.map(({ id }) => id);
  const query = { include_docs: true, conflicts: true };
  const answer = await session.parts.ask(
    { method: "POST", path: "_all_docs", query, body: JSON.stringify({ keys }) },
    signal,
  );
  if (!answer.ok) return answer;
  const { status, json } = answer.value;
  const found: unknown = isJsonObject(json) ? json["rows"] : undefined;
  if (status !== 200 || !Array.isArray(found)) return failure(troubleOfReply(answer.value));
  const heads = new Map<string, readonly string[]>();
  for (const row of found.filter(isJsonObject)) {
    const value = isJsonObject(row["value"]) ? row["value"] : {};
    if (typeof row["key"] !== "string" || typeof value["rev"] !== "string" || value["deleted"] === true) continue;
    heads.set(row["key"], [...conflictsOf(row), value["rev"]]);
  }
  return success(heads);
}

function conflictsOf({ doc }: JsonObject): readonly string[] {
  const losers: unknown = isJsonObject(doc) ? doc["_conflicts"] : undefined;
  return Array.isArray(losers) ? losers.filter((rev) => typeof rev === "string") : [];
}

interface Outcome {
  readonly revs: readonly string[];
  /** Of the first leaf that was not deleted; empty if all were. */
  readonly error: string;
  readonly reason: string;
}

/** What became of the leaves, by id; null for an answer that is none. */
function outcomesById({ status, json }: Reply): ReadonlyMap<string, Outcome> | null {
  if ((status !== 201 && status !== 202) || !Array.isArray(json)) return null;
  const outcomes = new Map<string, Outcome>();
  for (const row of json.filter(isJsonObject)) {
    const { id, rev, error, reason } = row;
    if (typeof id !== "string") continue;
    const known = outcomes.get(id) ?? { revs: [], error: "", reason: "" };
    if (typeof error !== "string") {
      if (typeof rev === "string") outcomes.set(id, { ...known, revs: [...known.revs, rev] });
    } else if (known.error === "") {
      outcomes.set(id, { ...known, error, reason: typeof reason === "string" ? reason.slice(0, 500) : "" });
    }
  }
  return outcomes;
}
