import { createContext, use } from "react";
import { ipcContract, type Bridge, type IpcContract } from "../../src-main/shared/ipc";
import type { Answer, Args, EventName, Payload, RequestName } from "../../src-main/shared/rpc";

declare global {
  interface Window {
    /** Offered by the preload script. */
    readonly qiao?: Bridge;
  }
}

/** The main process as the page sees it: every channel with its types. */
export interface MainClient {
  invoke<N extends RequestName<IpcContract>>(name: N, args: Args<IpcContract, N>): Promise<Answer<IpcContract, N>>;
  on<N extends EventName<IpcContract>>(event: N, listener: (payload: Payload<IpcContract, N>) => void): () => void;
}

/** Types the mechanical bridge. Answers are main's own promise; events are parsed, and one that does not fit is dropped. */
export function typeBridge(bridge: Bridge): MainClient {
  return {
    invoke: (name, args) => bridge.invoke(name, args) as never,
    on: (event, listener) =>
      bridge.on(event, (payload) => {
        const parsed = ipcContract.events[event].safeParse(payload);
        if (parsed.success) listener(parsed.data as never);
      }),
  };
}

export const MainContext = createContext<MainClient | null>(null);

export function useMain(): MainClient {
  const main = use(MainContext);
  if (!main) throw new Error("useMain outside of MainContext");
  return main;
}
