/** A request as plain data. Names of headers are in lower case. */
export interface ModelRequest {
  readonly method: string;
  /** From the slash on, percent-encoded, with or without a query. */
  readonly path: string;
  /** Added to what the path's query says. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
  /** The address it comes from; wrong passwords are counted by it. */
  readonly peer?: string;
}

export interface ModelResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** All of it, or a body that arrives over time. */
  readonly body: string | ChunkedBody;
}

/** A body in pieces. It is read once; the way back tells the server that nobody reads any more. */
export interface ChunkedBody {
  read(reader: BodyReader): () => void;
}

export interface BodyReader {
  chunk(text: string): void;
  end(): void;
  /** The connection broke off: no more comes and what came is not whole. */
  broken(): void;
}

export class BrokenOff extends Error {}

/** The whole body; rejects with `BrokenOff` if the connection ends before. */
export function wholeBody(response: ModelResponse): Promise<string> {
  const { body } = response;
  if (typeof body === "string") return Promise.resolve(body);
  return new Promise((resolve, reject) => {
    let text = "";
    body.read({
      chunk: (piece) => (text += piece),
      end: () => resolve(text),
      broken: () => reject(new BrokenOff("the connection broke off in the body")),
    });
  });
}

/** An answer that is an error: thrown while a request is worked on, and answered as CouchDB would. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly reason: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${status} ${error}: ${reason}`);
  }
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ModelResponse {
  return textAnswer(status, `${JSON.stringify(body)}\n`, headers);
}

/** `text` is JSON already. */
export function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): ModelResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: text };
}
