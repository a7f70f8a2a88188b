import { z } from "zod";
import { returns } from "./rpc";
import type { Result } from "./result";
import type { ConnectionInfo, GatewayFailure } from "./gateway";
import type { BackupFacts, BackupFailure, BackupState } from "./backup";
import { secret, type KeysFailure, type KeysState, type KitMade } from "./keys";
import { settings, type Settings, type SettingsNotSaved } from "./settings";

export type { SettingsNotSaved } from "./settings";

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

/**
 * A file of settings (also the one of the connection) could not be read, or a notebook that did not open was put aside for
 * a new one; it was renamed to `keptAs`.
 */
export interface Notice {
  readonly kind: "settings-corrupt" | "notebook-set-aside";
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

export const menuCommand = z.enum([
  "settings",
  "find",
  "undo",
  "redo",
  "zoomIn",
  "zoomOut",
  "zoomReset",
  "shortcuts",
  "lock",
]);

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
    /** Asks the person where to and writes one document of the notebook there as JSON; null if they think better of it. */
    "document:save": {
      // As large as a document may be on any server, and more.
      args: z.object({ name: z.string().max(300), text: z.string().max(200_000_000) }),
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
    /**
     * Asks for the worker's ports to ledger and gateway; they arrive as a window message (see preload), unless the
     * notebook is not open.
     */
    "notebook:ports": { args: z.object({}), result: returns<null>() },

    "keys:state": { args: z.object({}), result: returns<KeysState>() },
    /** Where nothing was decided yet: seals by this passphrase, or (null) leaves the key unprotected. */
    "keys:begin": { args: z.object({ passphrase: secret.nullable() }), result: returns<Result<null, KeysFailure>>() },
    "keys:unlock": { args: z.object({ passphrase: secret }), result: returns<Result<null, KeysFailure>>() },
    /** Asks the keychain once more, of a notebook that it did not open; a damaged file of keys is read once more. */
    "keys:try-keychain": { args: z.object({}), result: returns<Result<null, KeysFailure>>() },
    /**
     * Opens a locked or sealed notebook by the words of its kit. It is then sealed by the given passphrase, or, where that
     * is null, by the keychain.
     */
    "keys:recover": {
      args: z.object({ words: secret, passphrase: secret.nullable() }),
      result: returns<Result<null, KeysFailure>>(),
    },
    /** Flushes, then locks; only with a passphrase. The window is replaced by one that shows nothing. */
    "keys:lock": { args: z.object({}), result: returns<Result<null, KeysFailure>>() },
    /**
     * Sets (`current` null where there is none), changes or (`next` null) removes the passphrase. Without one the keychain
     * seals, or, where there is none and `unprotected` says so, nothing.
     */
    "keys:set-passphrase": {
      args: z.object({ current: secret.nullable(), next: secret.nullable(), unprotected: z.boolean().default(false) }),
      result: returns<Result<null, KeysFailure>>(),
    },
    /** Makes a recovery kit and answers its words; an earlier kit does not open the notebook any more. */
    "keys:make-kit": { args: z.object({}), result: returns<Result<KitMade, KeysFailure>>() },
    /** Tries the words of the kit without changing anything but the date of the rehearsal. */
    "keys:rehearse": { args: z.object({ words: secret }), result: returns<Result<null, KeysFailure>>() },
    /** Prints what the window shows for printing (the kit), or writes it as a PDF where the person says; null: thought better of it. */
    "page:print": { args: z.object({}), result: returns<null>() },
    "page:save-pdf": {
      args: z.object({ name: z.string().min(1).max(100) }),
      result: returns<Result<{ readonly path: string } | null, TextNotSaved>>(),
    },
    /** Changes the root key: everything is sealed anew in the background. The kit must be made again. */
    "keys:rotate": {
      args: z.object({ passphrase: secret.nullable() }),
      result: returns<Result<null, KeysFailure>>(),
    },
    /** Puts a notebook that cannot be opened aside, whole; a new one begins in a new window, with a notice of it. */
    "notebook:set-aside": { args: z.object({}), result: returns<Result<null, SettingsNotSaved>>() },
    /** Removes every trace of the notebook from this computer, keys first, and starts the app anew, empty. */
    "notebook:erase": { args: z.object({}), result: returns<Result<null, SettingsNotSaved>>() },

    "backup:state": { args: z.object({}), result: returns<BackupState>() },
    /** Asks the person for the folder into which backups go by themselves; null: none was chosen. */
    "backup:choose-folder": { args: z.object({}), result: returns<BackupState | null>() },
    "backup:schedule": {
      args: z.object({ every: z.enum(["day", "week", "month"]).nullable() }),
      result: returns<BackupState>(),
    },
    /** Makes a backup where the person says (`ask`), or in the chosen folder; null: thought better of it. */
    "backup:make": {
      args: z.object({ where: z.enum(["ask", "folder"]) }),
      result: returns<Result<BackupFacts | null, BackupFailure>>(),
    },
    /** Gives up what is under way; its own answer is then `cancelled`. */
    "backup:cancel": { args: z.object({}), result: returns<null>() },
    /** Reads a backup from end to end and checks it all; asks the person for the file, or null. */
    "backup:verify": { args: z.object({}), result: returns<Result<BackupFacts | null, BackupFailure>>() },
    /**
     * Opens a backup for being restored: asks for the file (null: none), or, after `needs-secret`, takes the one chosen
     * before with its passphrase or the words of its kit. The worker may then read it (`of: "backup"`).
     */
    "backup:open": {
      args: z.object({ secret: secret.nullable() }),
      result: returns<Result<BackupFacts | null, BackupFailure>>(),
    },
    "backup:close": { args: z.object({}), result: returns<null>() },
    /** Makes the open backup the notebook of an app in which nothing was begun; the window is replaced. */
    "backup:restore": { args: z.object({}), result: returns<Result<null, BackupFailure>>() },
  },
  events: {
    /** The window is about to close, or the notebook to lock: flush editors, then answer with `app:flushed`. */
    "app:flush": z.object({ reason: z.enum(["close", "lock"]) }),
    /** A command of the window's menu (zooming also by Ctrl and the wheel). */
    "menu:command": z.object({ command: menuCommand }),
    "keys:state": z.object({ state: z.custom<KeysState>() }),
    "backup:state": z.object({ state: z.custom<BackupState>() }),
    /** The worker's ports were closed at its end, while the page lives on: it has died. */
    "notebook:gone": z.object({}),
  },
} as const;
export type IpcContract = typeof ipcContract;

/** What the preload script offers to the page as `window.qiao`: a mechanical bridge, typed by `ipcContract`. */
export interface Bridge {
  invoke(channel: string, args: unknown): Promise<unknown>;
  on(channel: string, listener: (payload: unknown) => void): () => void;
}

export { PORTS_MESSAGE } from "./portsMessage";
