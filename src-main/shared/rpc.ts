import { z } from "zod";

/**
 * Typed requests and events over any pair of message ports: page and worker (`Worker`, `MessagePort`), worker and
 * main process (`MessagePortMain`). A contract is one object; both sides derive their types from it. Arguments and
 * event payloads are parsed where they arrive.
 */
export interface RequestContract {
  readonly args: z.ZodType;
  /** Only its type is used: the answering side is trusted to build what it promised. */
  readonly result: ResultType<unknown>;
}

export interface Contract {
  readonly requests: Readonly<Record<string, RequestContract>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

/** Carries a type through a contract object; it has no value at run time. */
export interface ResultType<Value> {
  readonly __value?: Value;
}

export function returns<Value>(): ResultType<Value> {
  return {};
}

/** One end of a connection. `listen` returns the way out. */
export interface Wire {
  post(message: unknown): void;
  listen(handler: (message: unknown) => void): () => void;
}

type ValueOf<Type> = Type extends ResultType<infer Value> ? Value : never;
export type RequestName<C extends Contract> = keyof C["requests"] & string;
export type EventName<C extends Contract> = keyof C["events"] & string;
export type Args<C extends Contract, N extends RequestName<C>> = z.input<C["requests"][N]["args"]>;
export type Parsed<C extends Contract, N extends RequestName<C>> = z.output<C["requests"][N]["args"]>;
export type Answer<C extends Contract, N extends RequestName<C>> = ValueOf<C["requests"][N]["result"]>;
export type Payload<C extends Contract, N extends EventName<C>> = z.output<C["events"][N]>;

export type Handlers<C extends Contract> = {
  readonly [N in RequestName<C>]: (
    args: Parsed<C, N>,
    context: { readonly signal: AbortSignal },
  ) => Answer<C, N> | Promise<Answer<C, N>>;
};

export interface Server<C extends Contract> {
  emit<N extends EventName<C>>(event: N, payload: z.input<C["events"][N]>): void;
  /** Stops answering; requests under way are aborted. */
  dispose(): void;
}

export interface Client<C extends Contract> {
  request<N extends RequestName<C>>(
    name: N,
    args: Args<C, N>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Answer<C, N>>;
  on<N extends EventName<C>>(event: N, listener: (payload: Payload<C, N>) => void): () => void;
  /** Rejects what is under way and forgets all listeners. */
  dispose(reason?: string): void;
}

const message = z.discriminatedUnion("t", [
  z.object({ t: z.literal("request"), id: z.number(), name: z.string(), args: z.unknown() }),
  z.object({ t: z.literal("answer"), id: z.number(), value: z.unknown() }),
  z.object({ t: z.literal("error"), id: z.number(), message: z.string() }),
  z.object({ t: z.literal("cancel"), id: z.number() }),
  z.object({ t: z.literal("event"), name: z.string(), payload: z.unknown() }),
]);

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Answers the requests of one client. A request whose arguments do not parse is refused, and nothing is called. */
export function serve<C extends Contract>(wire: Wire, contract: C, handlers: Handlers<C>): Server<C> {
  const underWay = new Map<number, AbortController>();

  async function answer(id: number, name: string, args: unknown): Promise<void> {
    const request = Object.hasOwn(contract.requests, name) ? contract.requests[name] : undefined;
    const handler = handlers[name as RequestName<C>] as
      ((args: unknown, context: { signal: AbortSignal }) => unknown) | undefined;
    if (!request || !handler) {
      wire.post({ t: "error", id, message: `unknown request ${name}` });
      return;
    }
    const parsed = request.args.safeParse(args);
    if (!parsed.success) {
      wire.post({ t: "error", id, message: `bad arguments for ${name}: ${z.prettifyError(parsed.error)}` });
      return;
    }
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      const value = await handler(parsed.data, { signal: controller.signal });
      wire.post({ t: "answer", id, value });
    } catch (error) {
      wire.post({ t: "error", id, message: describeError(error) });
    } finally {
      underWay.delete(id);
    }
  }

  const stop = wire.listen((raw) => {
    const parsed = message.safeParse(raw);
    if (!parsed.success) return;
    if (parsed.data.t === "request") void answer(parsed.data.id, parsed.data.name, parsed.data.args);
    else if (parsed.data.t === "cancel") underWay.get(parsed.data.id)?.abort();
  });

  return {
    emit: (name, payload) => {
      wire.post({ t: "event", name, payload });
    },
    dispose: () => {
      stop();
      for (const controller of underWay.values()) controller.abort();
    },
  };
}

/** Calls the other side. A request rejects only for a bug or a lost connection; expected failures are in the answer. */
export function connect<C extends Contract>(wire: Wire, contract: C): Client<C> {
  let nextId = 1;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  function settle(id: number): { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined {
    const entry = waiting.get(id);
    waiting.delete(id);
    return entry;
  }

  const stop = wire.listen((raw) => {
    const parsed = message.safeParse(raw);
    if (!parsed.success) return;
    const received = parsed.data;
    if (received.t === "answer") settle(received.id)?.resolve(received.value);
    else if (received.t === "error") settle(received.id)?.reject(new Error(received.message));
    else if (received.t === "event") {
      const payload = contract.events[received.name]?.safeParse(received.payload);
      if (!payload?.success) return;
      for (const listener of listeners.get(received.name) ?? []) listener(payload.data);
    }
  });

  return {
    request: (name, args, options) =>
      new Promise((resolve, reject) => {
        const signal = options?.signal;
        if (signal?.aborted) {
          reject(new DOMException("aborted", "AbortError"));
          return;
        }
        const id = nextId++;
        const onAbort = (): void => {
          waiting.delete(id);
          wire.post({ t: "cancel", id });
          reject(new DOMException("aborted", "AbortError"));
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        const done = (): void => {
          signal?.removeEventListener("abort", onAbort);
        };
        waiting.set(id, {
          resolve: (value) => {
            done();
            resolve(value as never);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        wire.post({ t: "request", id, name, args });
      }),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      const typed = listener as (payload: unknown) => void;
      set.add(typed);
      return () => set.delete(typed);
    },
    dispose: (reason = "connection closed") => {
      stop();
      listeners.clear();
      for (const entry of waiting.values()) entry.reject(new Error(reason));
      waiting.clear();
    },
  };
}
