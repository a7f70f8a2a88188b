import { failure, success, type Result } from "../../src-main/shared/result";
import { isPrivate } from "../data/storedRecord";
import type { Accepted, ErasedState, LocalState } from "../data/syncStore";
import { isJsonObject } from "../domain/jsonValue";
import type { QuarantineEntry } from "../domain/syncStatus";
import { refusalOf, troubleOfReply, type Reply } from "./exchange";
import { lookUp, takeFound } from "./lookups";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { deletionText, documentText } from "./wire";

/** Ids of the records that are done with: accepted by the server, or set aside. The others stay waiting. */
export interface Sent {
  readonly accepted: readonly string[];
  readonly aside: readonly string[];
}

const nothing: Sent = { accepted: [], aside: [] };

export function together(sent: readonly Sent[]): Sent {
  return { accepted: sent.flatMap(({ accepted }) => accepted), aside: sent.flatMap(({ aside }) => aside) };
}

/** What is to be sent: a record, or the deletion of one that was erased. */
export type Outgoing = LocalState | ErasedState;

export function isRecord(row: Outgoing): row is LocalState {
  return "content" in row;
}

interface Parcel {
  readonly row: Outgoing;
  readonly text: string;
  /** The revision it was sent with; undefined for a new document or one that is to be revived. */
  readonly parent: string | undefined;
}

export function parcelOf(session: Session, row: Outgoing): Parcel {
  if (!isRecord(row)) return { row, text: deletionText(row.id, row.rev), parent: row.rev };
  const parent = session.revived.has(row.id) ? undefined : row.rev;
  return { row, text: documentText(row.content, parent), parent };
}

/**
 * Sends records and works in every row's answer. One record that the server refuses is set aside and stops nothing.
 * Rows are matched by id: PouchDB Server puts refused ones first.
 */
export async function push(
  session: Session,
  rows: readonly Outgoing[],
  signal: AbortSignal,
): Promise<Result<Sent, Trouble>> {
  const parcels = rows.filter(mayLeave).map((row) => parcelOf(session, row));
  return session.sending(
    rows.map(({ id }) => id),
    () => pushParcels(session, parcels, signal, "first"),
  );
}

/** The last gate before the line: whatever the store offers, nothing private passes. */
function mayLeave(row: Outgoing): boolean {
  return !isRecord(row) || !isPrivate(row.content);
}

async function pushParcels(
  session: Session,
  parcels: readonly Parcel[],
  signal: AbortSignal,
  time: "first" | "again",
): Promise<Result<Sent, Trouble>> {
  if (parcels.length === 0) return success(nothing);
  const body = `{"docs":[${parcels.map(({ text }) => text).join(",")}]}`;
  const answer = await session.parts.ask({ method: "POST", path: "_bulk_docs", body }, signal);
  if (!answer.ok) return answer;
  const reply = answer.value;
  if (reply.status === 201 || reply.status === 202) return workIn(session, parcels, reply, signal, time);
  return refusesContent(reply) ? pushHalves(session, parcels, reply, signal) : failure(troubleOfReply(reply));
}

/** Whether the answer is about what was sent. Then one record of the batch has spoilt it for all. */
function refusesContent(reply: Reply): boolean {
  if ([400, 409, 412, 413, 415, 422].includes(reply.status)) return true;
  return reply.status === 500 && refusalOf(reply).error === "doc_validation";
}

async function pushHalves(
  session: Session,
  parcels: readonly Parcel[],
  reply: Reply,
  signal: AbortSignal,
): Promise<Result<Sent, Trouble>> {
  if (parcels.length === 1 && parcels[0]) {
    const { error, reason } = refusalOf(reply);
    return setAside(session, [{ parcel: parcels[0], error, reason, status: reply.status }]);
  }
  const middle = Math.ceil(parcels.length / 2);
  const halves: Sent[] = [];
  for (const half of [parcels.slice(0, middle), parcels.slice(middle)]) {
    const sent = await pushParcels(session, half, signal, "first");
    if (!sent.ok) return sent;
    halves.push(sent.value);
  }
  return success(together(halves));
}

/** A record that the server does not take. */
export interface Refused {
  readonly parcel: Parcel;
  readonly error: string;
  readonly reason: string;
  readonly status: number;
}

async function workIn(
  session: Session,
  parcels: readonly Parcel[],
  reply: Reply,
  signal: AbortSignal,
  time: "first" | "again",
): Promise<Result<Sent, Trouble>> {
  if (!Array.isArray(reply.json)) return failure({ kind: "not-couchdb", status: reply.status });
  const answers = answersById(reply.json);
  const accepted: Accepted[] = [];
  const conflicted: Parcel[] = [];
  const refused: Refused[] = [];
  const unauthorized: Parcel[] = [];
  for (const parcel of parcels) {
    const { row } = parcel;
    const answer = answers.get(row.id);
    if (answer === undefined) continue;
    if (answer.rev !== undefined) {
      accepted.push({ id: row.id, rev: answer.rev, version: row.version, content: isRecord(row) ? row.content : null });
      session.echoes.pushed(row.id, row.rev, answer.rev);
      session.revived.delete(row.id);
    } else if (answer.error === "conflict") conflicted.push(parcel);
    else if (answer.error === "unauthorized" && time === "first") unauthorized.push(parcel);
    else if (answer.error === "forbidden" || answer.error === "unauthorized") {
      refused.push({ parcel, error: answer.error, reason: answer.reason, status: reply.status });
    } else session.parts.log("push: row not taken", { id: row.id, error: answer.error });
  }
  if (accepted.length > 0) {
    session.exchanged = true;
    const kept = await session.parts.store.accept(accepted);
    if (!kept.ok) return failure({ kind: "not-saved", failure: kept.failure });
  }
  const aside = await setAside(session, refused);
  if (!aside.ok) return aside;
  const resolved = await resolve(session, conflicted, signal);
  if (!resolved.ok) return resolved;
  const again = await pushUnauthorized(session, unauthorized, signal);
  if (!again.ok) return again;
  return success(
    together([{ accepted: accepted.map(({ id }) => id), aside: [] }, aside.value, resolved.value, again.value]),
  );
}

/**
 * PouchDB Server answers a batch of a session that has run out with 201 and rows that say so. Reading something lets
 * the gateway notice and sign in again; only a row refused after that is the record's own fault.
 */
async function pushUnauthorized(
  session: Session,
  parcels: readonly Parcel[],
  signal: AbortSignal,
): Promise<Result<Sent, Trouble>> {
  if (parcels.length === 0) return success(nothing);
  const alive = await session.parts.ask({ method: "GET", path: "" }, signal);
  if (!alive.ok) return alive;
  if (alive.value.status !== 200) return failure(troubleOfReply(alive.value));
  return pushParcels(session, parcels, signal, "again");
}

export async function setAside(session: Session, refused: readonly Refused[]): Promise<Result<Sent, Trouble>> {
  if (refused.length > 0) {
    const since = new Date(session.parts.clock.now()).toISOString();
    const entries = refused.map(({ parcel, error, reason, status }): QuarantineEntry => ({
      id: parcel.row.id,
      direction: "push",
      reason: reasonFor(status, error, reason),
      detail: reason || error,
      since,
    }));
    for (const { id, reason } of entries)
      session.parts.journal.note("set-aside", { direction: "push", id, is: reason });
    const kept = await session.parts.store.setAside(entries);
    if (!kept.ok) return failure({ kind: "not-saved", failure: kept.failure });
  }
  return success({ accepted: [], aside: refused.map(({ parcel }) => parcel.row.id) });
}

function reasonFor(status: number, error: string, reason: string): QuarantineEntry["reason"] {
  if (status === 413) return "too-large";
  return error === "illegal_docid" || reason.includes("document ids") ? "bad-id" : "refused";
}

/** Fetches what the server has instead, and merges it in. The records that changed by it are waiting again. */
async function resolve(
  session: Session,
  parcels: readonly Parcel[],
  signal: AbortSignal,
): Promise<Result<Sent, Trouble>> {
  if (parcels.length === 0) return success(nothing);
  const { log, journal, store } = session.parts;
  const keys = parcels.map(({ row }) => row.id);
  const lookups = await lookUp(session, keys, signal);
  if (!lookups.ok) return lookups;
  const unreadable: Refused[] = [];
  const deleted: Accepted[] = [];
  for (const lookup of lookups.value) {
    const parcel = parcels.find(({ row }) => row.id === lookup.id);
    if (lookup.kind === "missing" && parcel && !isRecord(parcel.row)) {
      deleted.push({ ...parcel.row, content: null });
      continue;
    }
    // PouchDB refuses a revision of a document that it does not have, as after the database was made anew.
    if (lookup.kind === "missing") session.revived.add(lookup.id);
    else if (parcel && (lookup.documents.quarantined.length > 0 || cannotMerge(parcel, lookup.documents.arrivals))) {
      unreadable.push({ parcel, error: "unreadable", reason: "the server has what cannot be merged here", status: 0 });
    }
  }
  log("push: conflicts", keys.length);
  journal.note("conflicts", { records: keys.length });
  const found = await takeFound(session, lookups.value);
  if (!found.ok) return found;
  if (deleted.length > 0) {
    const kept = await store.accept(deleted);
    if (!kept.ok) return failure({ kind: "not-saved", failure: kept.failure });
  }
  return setAside(session, unreadable);
}

/** A newer version of the app wrote there: merging with less knowledge would destroy what it added. */
function cannotMerge(parcel: Parcel, arrivals: readonly { readonly kind: string }[]): boolean {
  return (
    isRecord(parcel.row) &&
    parcel.row.content.kind !== "opaque" &&
    arrivals.some(
      (arrival) => "content" in arrival && isJsonObject(arrival.content) && arrival.content["kind"] === "opaque",
    )
  );
}

interface RowAnswer {
  readonly rev: string | undefined;
  readonly error: string;
  readonly reason: string;
}

function answersById(rows: readonly unknown[]): Map<string, RowAnswer> {
  const answers = new Map<string, RowAnswer>();
  for (const row of rows) {
    if (!isJsonObject(row) || typeof row["id"] !== "string") continue;
    const { error, reason, rev } = row;
    answers.set(row["id"], {
      rev: typeof rev === "string" && error === undefined ? rev : undefined,
      error: typeof error === "string" ? error : "",
      reason: typeof reason === "string" ? reason.slice(0, 500) : "",
    });
  }
  return answers;
}
