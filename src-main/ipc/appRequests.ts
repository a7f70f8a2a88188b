import { existsSync } from "node:fs";
import { arch, homedir } from "node:os";
import path from "node:path";
import { app, clipboard } from "electron";
import type { Gateway } from "../gateway/gateway";
import type { ConnectionFile } from "../keys/connectionFile";
import { tailOfLog } from "../log/logTail";
import { systemLanguage } from "../menu/systemLanguage";
import { openPlace, runtimeLicences } from "../places/openPlace";
import { openLink } from "../security/openLink";
import type { SettingsFile } from "../settings/settingsFile";
import type { AppInfo, Notice } from "../shared/ipc";
import type { Settings } from "../shared/settings";
import { applyTheme, zoomOf } from "../window/appearance";
import type { Windows } from "../window/windows";
import type { RequestHandlers } from "./handle";

/** Of the log, for a person who helps. */
const reportedLines = 200;

/** As people know them. */
const systemNames: Readonly<Record<string, string>> = { darwin: "macOS", win32: "Windows", linux: "Linux" };

export interface AppRequestParts {
  /** The profile's. */
  readonly folder: string;
  readonly logsFolder: string;
  readonly settings: SettingsFile;
  /** What had to be repaired at start. */
  readonly notices: readonly Notice[];
  readonly windows: () => Windows;
  /** Settings that something besides the page must hear of. */
  readonly onSettings: (changes: Partial<Settings>) => void;
}

type AppRequests = Pick<
  RequestHandlers,
  | "app:info"
  | "app:log"
  | "place:open"
  | "clipboard:write"
  | "log:save"
  | "document:save"
  | "page:print"
  | "page:save-pdf"
  | "settings:read"
  | "settings:change"
  | "field:history"
  | "link:open"
  | "app:flushed"
>;

/** Requests about the program and this computer; none of them touches the notebook. */
export function appRequests(parts: AppRequestParts): AppRequests {
  const { folder, logsFolder, settings, notices, windows, onSettings } = parts;
  return {
    "app:info": () => appInfo(folder, notices),
    "app:log": () => tailOfLog(logsFolder, reportedLines, homedir()),
    "place:open": ({ place }) =>
      openPlace(
        {
          "data-folder": folder,
          "runtime-licences": runtimeLicences(process.execPath, process.resourcesPath),
        },
        place,
      ),
    "clipboard:write": async ({ text }) => {
      await clipboard.writeText(text);
      return null;
    },
    "log:save": ({ text }) => {
      const name = `qiao-log-${new Date().toISOString().slice(0, 10)}.txt`;
      return windows().main.saveFile({ proposedPath: inDocuments(name), extension: "txt", content: text });
    },
    "document:save": ({ name, text }) =>
      windows().main.saveFile({
        proposedPath: inDocuments(`${fileName(name)}.json`),
        extension: "json",
        content: text,
      }),
    "page:print": async () => {
      await windows().main.print();
      return null;
    },
    "page:save-pdf": async ({ name }) => {
      const content = await windows().main.pdf();
      return windows().main.saveFile({ proposedPath: inDocuments(`${fileName(name)}.pdf`), extension: "pdf", content });
    },
    "settings:read": () => settings.read(),
    "settings:change": async (changes) => {
      const changed = await settings.change(changes);
      if (changes.theme !== undefined) applyTheme(changes.theme);
      if (changes.textZoom !== undefined) windows().main.zoom(zoomOf(changes));
      if (changed.ok) onSettings(changes);
      return changed;
    },
    "field:history": ({ direction }, { contents }) => {
      contents[direction]();
      return null;
    },
    "link:open": async ({ url }) => {
      await openLink(url);
      return null;
    },
    "app:flushed": ({ close }) => {
      windows().main.flushed(close);
      return null;
    },
  };
}

function appInfo(folder: string, notices: readonly Notice[]): AppInfo {
  return {
    version: app.getVersion(),
    platform: process.platform,
    system: `${systemNames[process.platform] ?? process.platform} ${process.getSystemVersion()} ${arch()}`,
    versions: {
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
    },
    systemLanguage: systemLanguage(),
    dataFolder: folder,
    notices,
  };
}

/** The proposal is the page's; it must not name a folder. */
function fileName(proposed: string): string {
  return proposed.replaceAll(/[/\\:*?"<>|]/g, "-");
}

function inDocuments(name: string): string {
  return path.join(app.getPath("documents"), name);
}

/** Requests about the connection to the server. */
export function syncRequests(
  gateway: Gateway,
  connections: ConnectionFile,
): Pick<RequestHandlers, "sync:connection" | "sync:connect" | "sync:cancel-connect" | "sync:disconnect"> {
  return {
    "sync:connection": () => {
      const connection = connections.read();
      return connection && { ...connection.info, passwordStorage: connection.passwordStorage };
    },
    "sync:connect": (request) => gateway.connect(request),
    "sync:cancel-connect": () => {
      gateway.cancelConnect();
      return null;
    },
    "sync:disconnect": () => gateway.disconnect(),
  };
}

/** Reference data lie beside the program's code, or beside its archive in a packaged app. */
export function resourcesFolder(): string {
  const beside = path.join(app.getAppPath(), "resources");
  return existsSync(beside) ? beside : path.join(process.resourcesPath, "resources");
}
