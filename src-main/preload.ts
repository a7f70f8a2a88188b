import { contextBridge, ipcRenderer } from "electron";
import type { Bridge, IpcContract } from "./shared/ipc";
import { PORTS_MESSAGE } from "./shared/portsMessage";
import type { EventName, RequestName } from "./shared/rpc";

/** Names only, so that no schema is loaded here; the compiler says when one is missing. */
const requests: Record<RequestName<IpcContract>, true> = {
  "app:info": true,
  "app:log": true,
  "place:open": true,
  "clipboard:write": true,
  "log:save": true,
  "document:save": true,
  "settings:read": true,
  "settings:change": true,
  "field:history": true,
  "link:open": true,
  "sync:connection": true,
  "sync:connect": true,
  "sync:cancel-connect": true,
  "sync:disconnect": true,
  "app:flushed": true,
  "notebook:ports": true,
  "keys:state": true,
  "keys:begin": true,
  "keys:unlock": true,
  "keys:try-keychain": true,
  "keys:recover": true,
  "keys:lock": true,
  "keys:set-passphrase": true,
  "keys:make-kit": true,
  "keys:rehearse": true,
  "page:print": true,
  "page:save-pdf": true,
  "keys:rotate": true,
  "notebook:set-aside": true,
  "notebook:erase": true,
  "backup:state": true,
  "backup:choose-folder": true,
  "backup:schedule": true,
  "backup:make": true,
  "backup:cancel": true,
  "backup:verify": true,
  "backup:open": true,
  "backup:close": true,
  "backup:restore": true,
};
const events: Record<EventName<IpcContract>, true> = {
  "app:flush": true,
  "menu:command": true,
  "keys:state": true,
  "backup:state": true,
  "notebook:gone": true,
};

function checkName(names: Record<string, true>, name: string): void {
  if (!Object.hasOwn(names, name)) throw new Error(`no such channel: ${name}`);
}

const bridge: Bridge = {
  invoke: async (channel, args) => {
    checkName(requests, channel);
    return (await ipcRenderer.invoke(channel, args)) as unknown;
  },
  on: (channel, listener) => {
    checkName(events, channel);
    const forward = (_event: unknown, payload: unknown): void => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  },
};

contextBridge.exposeInMainWorld("qiao", bridge);

// Ports cannot cross the bridge; they go to the page as a message to its own window.
ipcRenderer.on(PORTS_MESSAGE, (event) => {
  window.postMessage(PORTS_MESSAGE, window.location.origin, [...event.ports]);
});
