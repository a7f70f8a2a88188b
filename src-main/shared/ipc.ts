import { z } from "zod";
import { returns } from "./rpc";
import type { Result } from "./result";
import type { ConnectionInfo, GatewayFailure } from "./gateway";
import { settings, type Settings } from "./settings";

/** Channels between the page and the main process. The worker's ports are handed over by `notebook:ports`. */
export type ConnectFailure =
  | GatewayFailure
  | { readonly kind: "bad-address" }
  | { readonly kind: "bad-database-name" }
  | { readonly kind: "no-such-database" }
  /** The system has no keychain: ask whether to keep the password until the app closes, or to store it unprotected. */
  | { readonly kind: "no-keychain" }
  /** The connection works, but could not be written to the disk; nothing was changed. */
  | SettingsNotSaved;

/** `detail` is the system's code of the error, e.g. `ENOSPC`. */
export interface SettingsNotSaved {
  readonly kind: "settings-not-saved";
  readonly detail: string;
}

export interface AppInfo {
  readonly version: string;
  readonly platform: string;
  /** Name and version of the operating system, and the processor's kind: `Linux 6.1.0 x64`. */
  readonly system: string;
  readonly versions: { readonly electron: string; readonly chromium: string; readonly node: string };
  /** The system's language as a BCP 47 tag. */
  readonly systemLanguage: string;
  readonly dataFolder: string;
  /** What had to be repaired at start, so that the page can say it. */
  readonly notices: readonly Notice[];
}

/** A file of settings (also the one of the connection) could not be read; it was renamed to `keptAs`. */
export interface Notice {
  readonly kind: "settings-corrupt";
  readonly keptAs: string;
}

/** A folder or file of the app that the page may have opened in the system's own program. */
export const place = z.enum(["data-folder", "runtime-licences"]);
export type Place = z.infer<typeof place>;

/** `detail` is the system's own word, e.g. that no program is set for folders. */
export interface PlaceNotOpened {
  readonly kind: "not-opened";
  readonly path: string;
  readonly detail: string;
}

/** `detail` is the system's code of the error, e.g. `EACCES`. */
export interface TextNotSaved {
  readonly kind: "not-written";
  readonly path: string;
  readonly detail: string;
}

export const passwordStorage = z.enum(["keychain", "memory", "plain"]);
export type PasswordStorage = z.infer<typeof passwordStorage>;

export const menuCommand = z.enum(["settings", "find", "undo", "redo", "zoomIn", "zoomOut", "zoomReset", "shortcuts"]);

const pasted = z.string().max(1_000_000);

export const ipcContract = {
  requests: {
    "app:info": { args: z.object({}), result: returns<AppInfo>() },
    /** The last lines of main's log, oldest first: events and places of errors, without content, names or secrets. */
    "app:log": { args: z.object({}), result: returns<readonly string[]>() },
    "place:open": { args: z.object({ place }), result: returns<Result<null, PlaceNotOpened>>() },
    /** Puts text into the system's clipboard, which the page itself may not touch. */
    "clipboard:write": { args: z.object({ text: pasted }), result: returns<null>() },
    /** Asks the person where to and writes a log there for a helper; null if they think better of it. */
    "log:save": {
      args: z.object({ text: pasted }),
      result: returns<Result<{ readonly path: string } | null, TextNotSaved>>(),
    },
    "settings:read": { args: z.object({}), result: returns<Settings>() },
    /** Changes the given settings and keeps the others. */
    "settings:change": {
      args: settings.partial(),
      result: returns<Result<Settings, SettingsNotSaved>>(),
    },
    /** Undo or redo of the text field that has the focus, as the system's own menu item does it. */
    "field:history": { args: z.object({ direction: z.enum(["undo", "redo"]) }), result: returns<null>() },
    /** Opens a web page in the system's browser; only http, https and mailto. */
    "link:open": { args: z.object({ url: z.url() }), result: returns<null>() },
    "sync:connection": {
      args: z.object({}),
      result: returns<(ConnectionInfo & { readonly passwordStorage: PasswordStorage }) | null>(),
    },
    /** Signs in, checks that the database is there and readable, then keeps the connection. */
    "sync:connect": {
      args: z.object({
        // As typed or pasted: what is absurd is refused in words, by the gateway or the server.
        address: pasted,
        database: pasted,
        user: pasted,
        password: pasted,
        passwordStorage,
      }),
      result: returns<Result<ConnectionInfo, ConnectFailure>>(),
    },
    /** Gives up the attempt under way, whose own answer is then `aborted`; a connection made before stays. */
    "sync:cancel-connect": { args: z.object({}), result: returns<null>() },
    "sync:disconnect": { args: z.object({}), result: returns<Result<null, SettingsNotSaved>>() },
    /**
     * The page's answer to `app:flush`: close, since everything typed has reached the ledger (or the person gives up what
     * has not), or stay open because something could not be saved.
     */
    "app:flushed": { args: z.object({ close: z.boolean() }), result: returns<null>() },
    /** Asks for the worker's ports to ledger and gateway; they arrive as a window message (see preload). */
    "notebook:ports": { args: z.object({}), result: returns<null>() },
  },
  events: {
    /** The window is about to close: flush editors, then answer with `app:flushed`. */
    "app:flush": z.object({}),
    /** A command of the window's menu (zooming also by Ctrl and the wheel). */
    "menu:command": z.object({ command: menuCommand }),
  },
} as const;
export type IpcContract = typeof ipcContract;

/** What the preload script offers to the page as `window.qiao`: a mechanical bridge, typed by `ipcContract`. */
export interface Bridge {
  invoke(channel: string, args: unknown): Promise<unknown>;
  on(channel: string, listener: (payload: unknown) => void): () => void;
}

export { PORTS_MESSAGE } from "./portsMessage";
