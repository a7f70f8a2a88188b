import { told } from "./couch.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */

/** A local document: it is not replicated, is no record, and leaves nothing when it is deleted. */
const probe = "_local/qiao-provision";

/**
 * Whether a member can work as the app does: sign in for a cookie, read, and write. Null if so, or what does not work.
 *
 * @param {Couch} couch @param {string} database @param {string} name @param {string} password
 * @returns {Promise<string | null>}
 */
export async function tryMember(couch, database, name, password) {
  const path = encodeURIComponent(database);
  const session = await couch.ask("POST", "_session", { as: null, body: { name, password } });
  const cookie = sessionCookie(session.headers);
  if (session.status !== 200 || cookie === null) return `cannot sign in: the server refused ${told(session)}`;
  const read = await couch.ask("GET", `${path}/_changes?limit=1`, { cookie });
  if (read.status !== 200) return `cannot read: the server refused ${told(read)}`;
  const written = await couch.ask("PUT", `${path}/${probe}`, { cookie, body: { at: new Date().toISOString() } });
  if (written.status !== 201 && written.status !== 202) return `cannot write: the server refused ${told(written)}`;
  await couch.ask("DELETE", `${path}/${probe}?rev=${encodeURIComponent(String(written.body?.rev))}`, { cookie });
  return null;
}

/** Whether somebody without a name is kept out. Null if so, or what is wrong. @param {Couch} couch @param {string} database */
export async function tryStranger(couch, database) {
  const { status } = await couch.ask("GET", `${encodeURIComponent(database)}/_changes?limit=1`, { as: null });
  return status === 401 || status === 403 ? null : `somebody without a name can read it (status ${status})`;
}

/** @param {Headers} headers */
function sessionCookie(headers) {
  const set = headers.getSetCookie().find((cookie) => cookie.startsWith("AuthSession="));
  const cookie = set?.split(";")[0] ?? null;
  return cookie === "AuthSession=" ? null : cookie;
}
