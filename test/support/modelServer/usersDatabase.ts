import type { Database } from "./database";
import type { ServerState } from "./serverState";
import type { NamedDocument } from "./writing";

const userPrefix = "org.couchdb.user:";

/**
 * What writing to `_users` does beside storing: the account is made, changed or removed, and the password does not stay
 * in the document. CouchDB stores PBKDF2 of it; the model only says so.
 */
export function settledUser(state: ServerState, database: Database, document: NamedDocument): NamedDocument {
  if (database.name !== "_users" || !document.id.startsWith(userPrefix)) return document;
  const name = document.id.slice(userPrefix.length);
  if (document.deleted) {
    state.users.delete(name);
    return document;
  }
  const { password, ...rest } = JSON.parse(`{${document.text}}`) as Record<string, string | readonly string[]>;
  if (typeof password !== "string") return document;
  const roles = Array.isArray(rest["roles"]) ? (rest["roles"] as readonly string[]) : [];
  state.users.set(name, password, roles);
  const body = { ...rest, password_scheme: "pbkdf2", iterations: 600_000, derived_key: "kept", salt: "kept" };
  return { ...document, body, text: JSON.stringify(body).slice(1, -1) };
}
