import { BrokenOff, type BodyReader, type ChunkedBody, type ModelRequest, type ModelResponse } from "./exchange";
import type { Scheduler } from "./scheduler";

export type Handle = (request: ModelRequest) => Promise<ModelResponse>;

/** What the line, or somebody on it, does to one request. The server itself has no faults. */
export type Fault =
  /** Broken off before the server saw it. */
  | { readonly kind: "cutBefore" }
  /** The server does its work; the connection breaks after so many characters of the answer. 0: no answer at all. */
  | { readonly kind: "cutAfter"; readonly characters: number }
  /** Answered by somebody else; the server never sees it. */
  | { readonly kind: "answer"; readonly response: ModelResponse }
  /** The server sees it and does nothing but answer that every row conflicts. */
  | { readonly kind: "conflicts" }
  /** The answer ends early but properly: its JSON is cut. */
  | { readonly kind: "truncated"; readonly characters: number }
  /** Some letters of the answer are others. */
  | { readonly kind: "garbled" }
  /** No answer ever comes; the server may have done its work. */
  | { readonly kind: "silent"; readonly reachesServer: boolean }
  /** Held so long on the way there, so that later requests overtake it, and so long on the way back. */
  | { readonly kind: "slow"; readonly there: number; readonly back: number }
  /** The server gets it twice; the second answer comes back. */
  | { readonly kind: "duplicated" };

/** Which fault a request meets; null lets it pass. Called once for each, in the order they are sent. */
export type FaultPlan = (request: ModelRequest) => Fault | null;

export function withFaults(handle: Handle, plan: FaultPlan, scheduler: Scheduler): Handle {
  const wait = (ms: number): Promise<void> =>
    ms === 0 ? Promise.resolve() : new Promise((resolve) => scheduler.after(ms, resolve));
  return async (request) => {
    const fault = plan(request);
    switch (fault?.kind) {
      case undefined:
        return handle(request);
      case "cutBefore":
        throw new BrokenOff("the connection broke off");
      case "cutAfter":
        return cut(await handle(request), fault.characters);
      case "answer":
        return fault.response;
      case "conflicts":
        return allConflicts(request) ?? handle(request);
      case "truncated":
        return changed(await handle(request), (text) => text.slice(0, fault.characters));
      case "garbled":
        return changed(await handle(request), (text) => text.replace(/[{}:,]/, "\u0001").replace(/"$|\}\s*$/, "�"));
      case "silent":
        if (fault.reachesServer) unread(await handle(request));
        return new Promise<never>(() => undefined);
      case "slow": {
        await wait(fault.there);
        const response = await handle(request);
        await wait(fault.back);
        return response;
      }
      case "duplicated":
        unread(await handle(request));
        return handle(request);
    }
  };
}

function statusFault(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  const text = typeof body === "string" ? body : `${JSON.stringify(body)}\n`;
  const type = typeof body === "string" ? "text/html" : "application/json";
  return { kind: "answer", response: { status, headers: { "content-type": type, ...headers }, body: text } };
}

export const databaseMissing = statusFault(404, { error: "not_found", reason: "Database does not exist." });
export const serverBroken = statusFault(500, { error: "unknown_error", reason: "badarg", ref: 1 });
export const portalPage = statusFault(200, "<html><body>Please accept the terms of this hotel</body></html>");
/** From a proxy before the server; CouchDB itself never asks to come again later. Seconds. */
export const tooManyRequests = (retryAfter: number): Fault =>
  statusFault(429, "<html>Too many requests</html>", { "retry-after": String(retryAfter) });
export const unavailable = (retryAfter: number): Fault =>
  statusFault(503, "<html>Service unavailable</html>", { "retry-after": String(retryAfter) });

function cut(response: ModelResponse, characters: number): ModelResponse {
  if (characters === 0) {
    unread(response);
    throw new BrokenOff("the connection broke off before the answer");
  }
  return { ...response, body: { read: (reader) => readSome(response.body, characters, reader) } };
}

function readSome(body: string | ChunkedBody, characters: number, reader: BodyReader): () => void {
  if (typeof body === "string") {
    reader.chunk(body.slice(0, characters));
    reader.broken();
    return () => undefined;
  }
  let left = characters;
  let stop: (() => void) | null = null;
  const end = (): void => {
    left = -1;
    stop?.();
    reader.broken();
  };
  stop = body.read({
    chunk: (text) => {
      if (left < 0) return;
      reader.chunk(text.slice(0, left));
      left -= text.length;
      if (left <= 0) end();
    },
    end: () => {
      if (left >= 0) end();
    },
    broken: () => {
      if (left >= 0) end();
    },
  });
  if (left < 0) stop();
  return stop;
}

/** Only bodies that are there at once are changed; feeds that stay open come as they are. */
function changed(response: ModelResponse, change: (text: string) => string): ModelResponse {
  return typeof response.body === "string" ? { ...response, body: change(response.body) } : response;
}

/** An answer that nobody will read: an open feed is closed. */
function unread({ body }: ModelResponse): void {
  if (typeof body !== "string") body.read({ chunk: () => undefined, end: () => undefined, broken: () => undefined })();
}

function allConflicts({ method, path, body }: ModelRequest): ModelResponse | null {
  const conflict = { error: "conflict", reason: "Document update conflict." };
  const headers = { "content-type": "application/json" };
  if (method === "PUT" && !path.includes("/_")) return { status: 409, headers, body: `${JSON.stringify(conflict)}\n` };
  if (!path.includes("/_bulk_docs") || body === undefined) return null;
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const { docs } = JSON.parse(text) as { docs: readonly { readonly _id: string }[] };
  const rows = docs.map(({ _id }) => ({ id: _id, ...conflict }));
  return { status: 201, headers, body: `${JSON.stringify(rows)}\n` };
}
