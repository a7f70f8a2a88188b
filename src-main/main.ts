import { existsSync } from "node:fs";
import { arch, homedir } from "node:os";
import path from "node:path";
import { app, clipboard, dialog, session } from "electron";
import { electronFetch } from "./gateway/electronFetch";
import { Gateway } from "./gateway/gateway";
import { watchWakeUps } from "./gateway/wakeUps";
import { handleRequests } from "./ipc/handle";
import { NotebookPorts } from "./ipc/notebookPorts";
import { ConnectionFile } from "./keys/connectionFile";
import { systemKeychain, useSecretService } from "./keys/systemKeychain";
import { FileLedger } from "./ledger/fileLedger";
import { ledgerHandlers } from "./ledger/ledger";
import { openLog, type Log } from "./log/log";
import { tailOfLog } from "./log/logTail";
import { showApplicationMenu } from "./menu/applicationMenu";
import { languageOf, menuTexts } from "./menu/menuTexts";
import { systemLanguage } from "./menu/systemLanguage";
import { openPlace, runtimeLicences } from "./places/openPlace";
import { takeProfile } from "./profile/profile";
import { handleAppScheme, registerAppScheme } from "./protocol/appScheme";
import { closeBeforeQuit } from "./quit/closeBeforeQuit";
import { confineSession, denyByDefault } from "./security/denyByDefault";
import { openLink } from "./security/openLink";
import { SettingsFile } from "./settings/settingsFile";
import { applyTheme, zoomOf } from "./window/appearance";
import { MainWindow } from "./window/mainWindow";

/** Of the log, for a person who helps. */
const reportedLines = 200;

/** Composition of the main process. What must precede Electron's `ready` runs at once, the rest in `start`. */
function main(): void {
  // Chromium's cache would keep the server's answers in plain text on the disk.
  app.commandLine.appendSwitch("disable-http-cache");
  useSecretService();
  // With --no-sandbox (root on Linux) enableSandbox would make every child process die.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  registerAppScheme();
  const profile = takeProfile();
  switch (profile.kind) {
    case "in-use":
      app.exit(0);
      return;
    case "not-writable":
      void app.whenReady().then(() => giveUp("cannotWrite"));
      return;
    case "ours": {
      const log = openLog(logsFolder(profile.folder), () => new Date());
      logAccidents(log);
      denyByDefault();
      app
        .whenReady()
        .then(() => start(profile.folder, log))
        .catch((error: unknown) => {
          log.error("start failed", error);
          giveUp("cannotStart");
        });
    }
  }
}

/** Says why there will be no window, and ends the program once that is read. */
function giveUp(reason: "cannotWrite" | "cannotStart"): void {
  const texts = menuTexts(languageOf(undefined, systemLanguage()));
  dialog.showErrorBox(texts.cannotStartTitle, texts[reason]);
  app.exit(1);
}

function logAccidents(log: Log): void {
  process.on("uncaughtException", (error) => log.error("uncaught exception", error));
  process.on("unhandledRejection", (reason) => log.error("unhandled rejection", reason));
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    log.info("helper process gone", { type, reason, exitCode });
  });
}

async function start(folder: string, log: Log): Promise<void> {
  const now = new Date();
  const devTools = !app.isPackaged;
  const [{ settings, notices }, { connections, notices: connectionNotices }] = await Promise.all([
    SettingsFile.open(folder, now),
    ConnectionFile.open(folder, systemKeychain, now),
  ]);
  log.info("start", { version: app.getVersion(), electron: process.versions.electron, platform: process.platform });

  app.configureHostResolver({ secureDnsMode: "off" });
  confineSession(session.defaultSession, { devTools });
  handleAppScheme({ page: path.join(app.getAppPath(), "out", "renderer"), resources: resourcesFolder() });

  const ledger = new FileLedger(path.join(folder, "notebook"));
  const gateway = new Gateway({
    fetch: electronFetch(),
    connections,
    now: () => performance.now(),
    onConnection: (connection) => ports.emit("connection", { connection }),
  });
  const ports = new NotebookPorts(ledgerHandlers(ledger), gateway.handlers());
  const stopWatching = watchWakeUps((reason) => ports.emit("wake", { reason }));
  const preload = path.join(app.getAppPath(), "out", "preload", "preload.cjs");

  handleRequests({
    "app:info": () => ({
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
      notices: [...notices, ...connectionNotices],
    }),
    "app:log": () => tailOfLog(logsFolder(folder), reportedLines, homedir()),
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
      return window.saveText(path.join(app.getPath("documents"), name), text);
    },
    "settings:read": () => settings.read(),
    "settings:change": async (changes) => {
      const changed = await settings.change(changes);
      if (changes.theme !== undefined) applyTheme(changes.theme);
      if (changes.textZoom !== undefined) window.zoom(zoomOf(changes));
      if (changed.ok && changes.language !== undefined) showMenu();
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
    "app:flushed": ({ close }) => {
      window.flushed(close);
      return null;
    },
    "notebook:ports": (_args, { frame }) => {
      ports.handTo(frame);
      return null;
    },
  });
  applyTheme(settings.read().theme);
  const window = new MainWindow({
    preload,
    settings,
    devTools,
    log,
    holdsWork: () => ports.areOpen,
    onPageGone: () => ports.close(),
  });
  const showMenu = (): void =>
    showApplicationMenu(settings.read().language, { devTools, command: (command) => window.command(command) });
  showMenu();

  app.on("second-instance", () => window.focus());
  app.on("window-all-closed", () => app.quit());
  closeBeforeQuit(log, async () => {
    stopWatching();
    ports.close();
    await Promise.all([ledger.close(), settings.settled()]);
  });
}

function logsFolder(folder: string): string {
  return path.join(folder, "logs");
}

/** As people know them. */
const systemNames: Readonly<Record<string, string>> = { darwin: "macOS", win32: "Windows", linux: "Linux" };

/** Reference data lie beside the program's code, or beside its archive in a packaged app. */
function resourcesFolder(): string {
  const beside = path.join(app.getAppPath(), "resources");
  return existsSync(beside) ? beside : path.join(process.resourcesPath, "resources");
}

main();
