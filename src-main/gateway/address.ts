import { failure, success, type Result } from "../shared/result";
import { isLocalNetwork } from "./localNetwork";

/** Where a notebook's database is. */
export interface DatabaseAddress {
  /** Origin and optional path prefix, no slash at the end. */
  readonly address: string;
  readonly database: string;
}

export type AddressFailure =
  | { readonly kind: "bad-address" }
  | { readonly kind: "bad-database-name" }
  | { readonly kind: "insecure-connection"; readonly detail: string };

/** CouchDB's rule for the names of databases (its documentation, `PUT /{db}`), without slashes. */
const databaseName = /^[a-z][a-z0-9_$()+-]{0,237}$/;

/** Longer than any address that is typed or pasted on purpose. */
const longestAddress = 2048;

/**
 * Reads an address as people type or paste it: with or without scheme (https is taken, http on the own network), with
 * slashes at the end, with the database as its last part, or copied from CouchDB's administration pages.
 */
export function parseAddress(typedAddress: string, typedDatabase: string): Result<DatabaseAddress, AddressFailure> {
  const url = typedAddress.length > longestAddress ? null : parseUrl(typedAddress.trim());
  if (url?.username !== "" || url.password !== "") return failure({ kind: "bad-address" });
  const segments = pathSegments(url);
  if (!segments) return failure({ kind: "bad-address" });
  const database = typedDatabase.trim() === "" ? segments.pop() : typedDatabase.trim();
  if (database === undefined || !databaseName.test(database)) return failure({ kind: "bad-database-name" });
  if (segments.at(-1) === database) segments.pop();
  if (url.protocol === "http:" && !isLocalNetwork(url.hostname)) {
    return failure({ kind: "insecure-connection", detail: url.host });
  }
  return success({ address: [url.origin, ...segments.map(encodeURIComponent)].join("/"), database });
}

function parseUrl(typed: string): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) {
    const url = URL.canParse(typed) ? new URL(typed) : null;
    return url && (url.protocol === "https:" || url.protocol === "http:") && url.hostname !== "" ? url : null;
  }
  const secure = typed === "" || !URL.canParse(`https://${typed}`) ? null : new URL(`https://${typed}`);
  return secure && isLocalNetwork(secure.hostname) ? new URL(`http://${typed}`) : secure;
}

/** The parts of the path, decoded; those from CouchDB's own pages (`_utils/#…`) on are dropped. Null if not decodable. */
function pathSegments(url: URL): string[] | null {
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const pages = parts.indexOf("_utils");
  try {
    return (pages === -1 ? parts : parts.slice(0, pages)).map(decodeURIComponent);
  } catch {
    return null;
  }
}
