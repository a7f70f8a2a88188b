import type { Wire } from "../../src-main/shared/rpc";

/** What a `Worker`, a `MessagePort` and a worker's own global scope have in common. */
interface MessageTarget {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
}

/** One end of a connection over a worker or its global scope. */
export function wireOf(target: MessageTarget): Wire {
  return {
    post: (message) => {
      target.postMessage(message);
    },
    listen: (handler) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        handler(event.data);
      };
      target.addEventListener("message", onMessage);
      return () => {
        target.removeEventListener("message", onMessage);
      };
    },
  };
}

/** The same over a port, which delivers nothing before it is started. */
export function wireOfPort(port: MessageTarget & { start(): void }): Wire {
  const wire = wireOf(port);
  return {
    post: (message) => {
      wire.post(message);
    },
    listen: (handler) => {
      const stop = wire.listen(handler);
      port.start();
      return stop;
    },
  };
}
