import type { Database } from "./database";
import { documentText } from "./documentText";
import { Refusal, textAnswer, type ModelResponse } from "./exchange";
import type { IncomingRequest } from "./incomingRequest";
import { localText } from "./localDocuments";
import { revOf } from "./revisionTree";

type Options = ReadonlyMap<string, unknown>;

/** `_all_docs`: by keys in the order asked, or a range of live documents by id. */
export function answerAllDocs(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("GET", "HEAD", "POST");
  const options = readOptions(request);
  const keys = options.get("keys");
  if (keys !== undefined && !Array.isArray(keys)) {
    throw new Refusal(400, "bad_request", "`keys` body member must be an array.");
  }
  const total = database.count;
  if (keys !== undefined)
    return listing(
      total,
      null,
      keys.map((key) => keyRow(database, key, options)),
    );
  const ids = [...database.documents.values()]
    .filter(({ tree }) => !tree.isEmpty && !tree.winner.deleted)
    .map(({ id }) => id);
  return ranged(ids, total, options, (id) => keyRow(database, id, options));
}

/** `_local_docs`: the same for `_local` documents, which are not counted. */
export function answerLocalDocs(database: Database, request: IncomingRequest): ModelResponse {
  request.allow("GET", "HEAD", "POST");
  const options = readOptions(request);
  return ranged([...database.locals.keys()], null, options, (id) => keyRow(database, id, options));
}

function ranged(ids: string[], total: number | null, options: Options, row: (id: string) => string): ModelResponse {
  const descending = options.get("descending") === true;
  const exact = options.get("key");
  const start = exact ?? options.get("startkey") ?? options.get("start_key");
  const end = exact ?? options.get("endkey") ?? options.get("end_key");
  const inclusive = options.get("inclusive_end") !== false;
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1);
  const sorted = ids.sort(order);
  const from = typeof start === "string" ? sorted.filter((id) => order(id, start) >= 0) : sorted;
  const before = sorted.length - from.length;
  const within = typeof end === "string" ? from.filter((id) => order(id, end) < 0 || (inclusive && id === end)) : from;
  const skip = numberOf(options.get("skip")) ?? 0;
  const limit = numberOf(options.get("limit")) ?? within.length;
  const shown = within.slice(skip, skip + limit);
  return listing(total, total === null ? null : before + skip, shown.map(row));
}

function listing(total: number | null, offset: number | null, rows: readonly string[]): ModelResponse {
  return textAnswer(200, `{"total_rows":${total},"offset":${offset},"rows":[\r\n${rows.join(",\r\n")}\r\n]}\n`);
}

function keyRow(database: Database, key: unknown, options: Options): string {
  const shownKey = JSON.stringify(key);
  const withDoc = options.get("include_docs") === true;
  const local = typeof key === "string" ? database.locals.get(key) : undefined;
  if (local !== undefined) {
    const doc = withDoc ? `,"doc":${localText(key as string, local)}` : "";
    return `{"id":${shownKey},"key":${shownKey},"value":{"rev":"0-${local.rev}"}${doc}}`;
  }
  const tree = typeof key === "string" ? database.documents.get(key)?.tree : undefined;
  if (tree === undefined || tree.isEmpty) return `{"key":${shownKey},"error":"not_found"}`;
  const { winner } = tree;
  const value = `{"rev":"${revOf(winner)}"${winner.deleted ? ',"deleted":true' : ""}}`;
  const wanted = { conflicts: options.get("conflicts") === true, attachments: options.get("attachments") === true };
  const doc = !withDoc ? "" : `,"doc":${winner.deleted ? "null" : documentText(key as string, tree, winner, wanted)}`;
  return `{"id":${shownKey},"key":${shownKey},"value":${value}${doc}}`;
}

/** The query's values are JSON; a body's fields count more. */
function readOptions(request: IncomingRequest): Options {
  const options = new Map<string, unknown>();
  for (const [name, value] of request.query) {
    try {
      options.set(name, JSON.parse(value));
    } catch {
      throw new Refusal(400, "bad_request", "invalid UTF-8 JSON");
    }
  }
  if (request.method === "POST") {
    request.object();
    for (const [name, value] of Object.entries(JSON.parse(request.text()) as object)) options.set(name, value);
  }
  return options;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
