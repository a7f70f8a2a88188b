import type { UserContext } from "./database";
import { isObject, NotJson, readJson, type JsonObject, type JsonValue } from "./exactJson";
import { Refusal, type ModelRequest } from "./exchange";

const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

/** A request as the handlers see it: path cut in decoded parts, query by name, body read when asked for. */
export class IncomingRequest {
  readonly method: string;
  /** Decoded; an encoded slash stays inside its part. */
  readonly parts: readonly string[];
  readonly pathname: string;
  readonly query: ReadonlyMap<string, string>;
  user: UserContext = { name: null, roles: [] };

  constructor(readonly request: ModelRequest) {
    this.method = request.method;
    const mark = request.path.indexOf("?");
    this.pathname = mark < 0 ? request.path : request.path.slice(0, mark);
    this.parts = this.pathname.split("/").slice(1).map(decodePart);
    this.query = readQuery(mark < 0 ? "" : request.path.slice(mark + 1), request.query);
  }

  header(name: string): string {
    return this.request.headers?.[name] ?? "";
  }

  /** The address of the asker. */
  get peer(): string {
    return this.request.peer ?? "127.0.0.1";
  }

  bodySize(): number {
    const { body = "" } = this.request;
    return typeof body === "string" && body.length > 1000 ? encoder.encode(body).length : body.length;
  }

  text(): string {
    const { body = "" } = this.request;
    if (typeof body === "string") return body.isWellFormed() ? body : body.toWellFormed();
    try {
      return decoder.decode(body);
    } catch {
      throw notJson();
    }
  }

  json(): JsonValue {
    try {
      return readJson(this.text());
    } catch (error) {
      if (error instanceof NotJson) throw notJson();
      throw error;
    }
  }

  /** The body as an object, sent as JSON. */
  object(): JsonObject | ReadonlyMap<string, JsonValue> {
    this.checkContentType();
    const value = this.json();
    if (!isObject(value)) throw new Refusal(400, "bad_request", "Request body must be a JSON object");
    return value;
  }

  checkContentType(): void {
    if (!/^application\/json\b/.test(this.header("content-type"))) {
      throw new Refusal(415, "bad_content_type", "Content-Type must be application/json");
    }
  }

  /** Whether a query parameter is `true`. */
  flag(name: string): boolean {
    return this.query.get(name) === "true";
  }

  allow(...methods: readonly string[]): void {
    if (methods.includes(this.method)) return;
    throw new Refusal(405, "method_not_allowed", `Only ${methods.join(",")} allowed`);
  }
}

function notJson(): Refusal {
  return new Refusal(400, "bad_request", "invalid UTF-8 JSON");
}

function decodePart(part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function readQuery(text: string, more: ModelRequest["query"]): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  if (text !== "") for (const [name, value] of new URLSearchParams(text)) query.set(name, value);
  if (more !== undefined) for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return query;
}
