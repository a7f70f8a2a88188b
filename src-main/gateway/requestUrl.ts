import type { DatabaseAddress } from "./address";

type Query = Readonly<Record<string, string | number | boolean>>;

/** One part of a path, encoded; a colon stays readable (RFC 3986 allows it), as in `contact:0190…`. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll("%3A", ":");
}

/** The address of a path inside the database. The contract has refused dots, queries and leading slashes. */
export function requestUrl({ address, database }: DatabaseAddress, path: string, query: Query = {}): string {
  const segments = path === "" ? [] : path.split("/");
  const base = [address, ...[database, ...segments].map(encodeSegment)].join("/");
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return search.size === 0 ? base : `${base}?${search.toString()}`;
}
