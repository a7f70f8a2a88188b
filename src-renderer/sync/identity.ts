import { failure, success, type Result } from "../../src-main/shared/result";
import type { ServerState } from "../data/syncStore";
import { isJsonObject, type JsonObject } from "../domain/jsonValue";
import { refusalOf, troubleOfReply, type Ask, type Reply } from "./exchange";
import type { Trouble } from "./trouble";

/**
 * Who the server is. CouchDB has no field that names a database, and after a restore it accepts a sequence from before
 * and silently leaves out what was written since. So the database carries a uuid, and each computer a counter that it
 * raises after every exchange: another uuid, or a counter lower than remembered, is another history.
 */
export interface ServerMark {
  readonly uuid: string | null;
  readonly counter: number;
  /** Revisions of the two local documents: PouchDB wants them back, CouchDB does not compare them. */
  readonly uuidRev: string | undefined;
  readonly counterRev: string | undefined;
}

const SERVER = "_local/qiao";

function counterPath(device: string): string {
  return `${SERVER}-${device}`;
}

/** `same`: go on where we stopped. `first`: never met. `changed`: re-created or restored from a copy. */
export function compareServer(known: ServerState, found: ServerMark): "first" | "same" | "changed" {
  if (known.serverId === null) return "first";
  return found.uuid === known.serverId && found.counter >= known.counter ? "same" : "changed";
}

export async function readMark(ask: Ask, device: string, signal: AbortSignal): Promise<Result<ServerMark, Trouble>> {
  const [server, counter] = await Promise.all([
    readLocal(ask, SERVER, signal),
    readLocal(ask, counterPath(device), signal),
  ]);
  if (!server.ok) return server;
  if (!counter.ok) return counter;
  const uuid = server.value.fields["uuid"];
  const count = counter.value.fields["counter"];
  return success({
    uuid: typeof uuid === "string" && uuid !== "" && uuid.length <= 200 ? uuid : null,
    counter: typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : 0,
    uuidRev: server.value.rev,
    counterRev: counter.value.rev,
  });
}

/**
 * Names a server that has no uuid. Of two computers that do so at once the later wins, so the answer is what stands
 * there afterwards.
 */
export async function nameServer(
  ask: Ask,
  mark: ServerMark,
  newId: string,
  signal: AbortSignal,
): Promise<Result<string, Trouble>> {
  const body = { uuid: newId, ...(mark.uuidRev === undefined ? {} : { _rev: mark.uuidRev }) };
  const put = await ask({ method: "PUT", path: SERVER, body: JSON.stringify(body) }, signal);
  if (!put.ok) return put;
  if (put.value.status >= 300 && put.value.status !== 409) return failure(troubleOfReply(put.value));
  const local = await readLocal(ask, SERVER, signal);
  if (!local.ok) return local;
  const uuid = local.value.fields["uuid"];
  return typeof uuid === "string" && uuid !== "" ? success(uuid) : failure({ kind: "server-changed" });
}

/** Writes this computer's counter; the answer is the revision to send next time. */
export async function writeCounter(
  ask: Ask,
  device: string,
  counter: number,
  rev: string | undefined,
  signal: AbortSignal,
): Promise<Result<string | undefined, Trouble>> {
  const body = { counter, ...(rev === undefined ? {} : { _rev: rev }) };
  const put = await ask({ method: "PUT", path: counterPath(device), body: JSON.stringify(body) }, signal);
  if (!put.ok) return put;
  if (put.value.status === 409) {
    const local = await readLocal(ask, counterPath(device), signal);
    return local.ok ? writeCounter(ask, device, counter, local.value.rev, signal) : local;
  }
  if (put.value.status >= 300) return failure(troubleOfReply(put.value));
  const answered = isJsonObject(put.value.json) ? put.value.json["rev"] : undefined;
  return success(typeof answered === "string" ? answered : undefined);
}

interface LocalDocument {
  readonly rev: string | undefined;
  readonly fields: JsonObject;
}

async function readLocal(ask: Ask, path: string, signal: AbortSignal): Promise<Result<LocalDocument, Trouble>> {
  const answer = await ask({ method: "GET", path }, signal);
  if (!answer.ok) return answer;
  const reply = answer.value;
  if (isMissingDocument(reply)) return success({ rev: undefined, fields: {} });
  if (reply.status !== 200 || !isJsonObject(reply.json)) return failure(troubleOfReply(reply));
  const rev = reply.json["_rev"];
  return success({ rev: typeof rev === "string" ? rev : undefined, fields: reply.json });
}

/** A missing database is 404 too, with another reason. */
function isMissingDocument(reply: Reply): boolean {
  return reply.status === 404 && ["missing", "deleted"].includes(refusalOf(reply).reason);
}
