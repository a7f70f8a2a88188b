import { ipcMain, type IpcMainInvokeEvent, type WebContents, type WebFrameMain } from "electron";
import { z } from "zod";
import { appOrigin } from "../protocol/appScheme";
import { ipcContract, type IpcContract } from "../shared/ipc";
import type { Answer, EventName, Parsed, Payload, RequestName } from "../shared/rpc";

/** The frame that asks, and its window's contents. */
export interface Caller {
  readonly frame: WebFrameMain;
  readonly contents: WebContents;
}

export type RequestHandlers = {
  readonly [N in RequestName<IpcContract>]: (
    args: Parsed<IpcContract, N>,
    caller: Caller,
  ) => Answer<IpcContract, N> | Promise<Answer<IpcContract, N>>;
};

function checkCaller(event: IpcMainInvokeEvent): Caller {
  const frame = event.senderFrame;
  if (frame?.parent !== null || frame.origin !== appOrigin) throw new Error("refused: not the app's own page");
  return { frame, contents: event.sender };
}

function handle<N extends RequestName<IpcContract>>(name: N, answer: RequestHandlers[N]): void {
  ipcMain.handle(name, (event, args: unknown) => {
    const caller = checkCaller(event);
    const parsed = ipcContract.requests[name].args.safeParse(args);
    if (!parsed.success) throw new Error(`bad arguments for ${name}: ${z.prettifyError(parsed.error)}`);
    return answer(parsed.data as Parsed<IpcContract, N>, caller);
  });
}

/** Answers the page's requests: only from the app's own main frame, and only with arguments that parse. */
export function handleRequests(handlers: RequestHandlers): void {
  for (const name of Object.keys(ipcContract.requests) as RequestName<IpcContract>[]) handle(name, handlers[name]);
}

export function sendEvent<N extends EventName<IpcContract>>(
  contents: WebContents,
  name: N,
  payload: Payload<IpcContract, N>,
): void {
  if (!contents.isDestroyed()) contents.send(name, payload);
}
