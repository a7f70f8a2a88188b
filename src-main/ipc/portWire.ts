import type { MessagePortMain } from "electron";
import type { Wire } from "../shared/rpc";

/** One end of a message channel of the main process as a wire of the typed requests. */
export function portWire(port: MessagePortMain): Wire {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    listen: (handler) => {
      const forward = (event: { data: unknown }): void => handler(event.data);
      port.on("message", forward);
      port.start();
      return () => {
        port.off("message", forward);
      };
    },
  };
}
