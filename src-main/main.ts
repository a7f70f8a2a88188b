import path from "node:path";
import { app, dialog, powerMonitor } from "electron";
import { backupHandlers } from "./backup/backupHandlers";
import { Backups } from "./backup/backups";
import { systemDialogs } from "./backup/dialogs";
import { ScheduleFile } from "./backup/scheduleFile";
import { electronFetch } from "./gateway/electronFetch";
import { Gateway } from "./gateway/gateway";
import { watchWakeUps } from "./gateway/wakeUps";
import { appRequests, resourcesFolder, syncRequests } from "./ipc/appRequests";
import { handleRequests, sendEvent } from "./ipc/handle";
import { NotebookPorts } from "./ipc/notebookPorts";
import { passphraseHash } from "./keys/argon2";
import { ConnectionFile } from "./keys/connectionFile";
import { finishErasing } from "./keys/erase";
import { KeyHolder } from "./keys/keyHolder";
import { namedPartitions } from "./keys/keyringFile";
import { keysHandlers } from "./keys/keysHandlers";
import { watchForLock } from "./keys/lockWatch";
import { removeLeftoverPartitions } from "./keys/partitions";
import { systemKeychain, useSecretService } from "./keys/systemKeychain";
import { openLog, type Log } from "./log/log";
import { showApplicationMenu } from "./menu/applicationMenu";
import { languageOf, menuTexts } from "./menu/menuTexts";
import { systemLanguage } from "./menu/systemLanguage";
import { eraseAndRestart } from "./notebook/erasing";
import { lockNotebook, watchWhileLockable } from "./notebook/lock";
import { KeyRotation } from "./notebook/keyRotation";
import { NotebookHost } from "./notebook/notebookHost";
import { takeProfile } from "./profile/profile";
import { registerAppScheme } from "./protocol/appScheme";
import type { EventName, Payload } from "./shared/rpc";
import type { IpcContract, Notice } from "./shared/ipc";
import { success } from "./shared/result";
import { closeBeforeQuit } from "./quit/closeBeforeQuit";
import { denyByDefault } from "./security/denyByDefault";
import { SettingsFile } from "./settings/settingsFile";
import { applyTheme } from "./window/appearance";
import { Windows } from "./window/windows";

type SendToPage = <N extends EventName<IpcContract>>(name: N, payload: Payload<IpcContract, N>) => void;

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
      // The other one shows its window; whoever started this in a terminal reads why it ends.
      process.stderr.write("Qiao is already open with this data folder: its window comes to the front.\n");
      app.exit(0);
      return;
    case "not-writable":
      void app.whenReady().then(() => giveUp("cannotWrite"));
      return;
    case "ours": {
      const log = openLog(logsFolder(profile.folder), () => new Date());
      logAccidents(log);
      denyByDefault();
      if (!tidyProfile(profile.folder, log)) {
        void app.whenReady().then(() => giveUp("cannotStart"));
        return;
      }
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

/**
 * Removes what an earlier run left to be removed, while Chromium has no file of the profile open yet. False if an erasure
 * cannot be ended: a notebook begun now would be erased by the next start.
 */
function tidyProfile(folder: string, log: Log): boolean {
  try {
    const erased = finishErasing(folder);
    if (erased) log.info("erasing finished", { left: erased.keys.length + erased.others.length });
  } catch (error) {
    log.error("erasing not finished", error);
    return false;
  }
  removeLeftoverPartitions(folder, namedPartitions(folder));
  return true;
}

async function start(folder: string, log: Log): Promise<void> {
  const devTools = !app.isPackaged;
  const now = (): Date => new Date();
  const steady = (): number => performance.now();
  const [
    { settings, notices },
    { connections, notices: connectionNotices },
    { file: scheduleFile, notices: backupNotices },
    holder,
  ] = await Promise.all([
    SettingsFile.open(folder, now()),
    ConnectionFile.open(folder, systemKeychain, now()),
    ScheduleFile.open(folder, now()),
    KeyHolder.open({ folder, keychain: systemKeychain, hash: passphraseHash, now, log }),
  ]);
  log.info("start", { version: app.getVersion(), electron: process.versions.electron, platform: process.platform });
  app.configureHostResolver({ secureDnsMode: "off" });

  const gateway = new Gateway({
    fetch: electronFetch(),
    connections,
    now: steady,
    onConnection: (connection) => ports.emit("connection", { connection }),
  });
  const ports = new NotebookPorts(gateway.handlers(), () => {
    log.info("notebook worker gone");
    send("notebook:gone", {});
  });
  const host: NotebookHost = new NotebookHost({
    keys: () => holder.keys(),
    ports,
    backup: () => backups.opened(),
    now: () => Date.now(),
    log,
    onStoreRenewed: () => windows.replace(),
  });
  const backups: Backups = new Backups({
    file: scheduleFile,
    dialogs: systemDialogs(() => windows.main.browserWindow),
    keys: () => holder.keys(),
    ledger: () => host.ledger(),
    flush: async () => {
      await windows.main.flush();
    },
    hash: passphraseHash,
    adopt: (backup) => holder.adopt(backup),
    switchOver: async (finish) => {
      await host.close();
      try {
        return await finish();
      } finally {
        // What came before was looked at once more.
        await host.close();
        windows.replace();
        void holder.removeLeftovers();
      }
    },
    appVersion: app.getVersion(),
    now,
    steady,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    onState: (state) => send("backup:state", { state }),
    log,
  });
  const closeNotebook = async (): Promise<void> => {
    await rotation.pause();
    await backups.lock();
    await host.close();
  };
  const lock = (reason: string): ReturnType<typeof lockNotebook> =>
    lockNotebook({ holder, windows, close: closeNotebook, log }, reason);
  const rotation = new KeyRotation({ holder, host, windows: () => windows, log });
  holder.onState((state) => send("keys:state", { state }));

  const allNotices: Notice[] = [...notices, ...connectionNotices, ...backupNotices];
  let isErasing = false;
  handleRequests({
    ...appRequests({
      folder,
      logsFolder: logsFolder(folder),
      settings,
      notices: allNotices,
      windows: () => windows,
      onSettings: (changes) => {
        if (changes.language !== undefined) showMenu();
      },
    }),
    ...syncRequests(gateway, connections),
    ...keysHandlers(holder),
    ...backupHandlers(backups),
    "keys:try-keychain": async () => {
      const tried = await holder.tryKeychain();
      // A keyring that could not be read named no place for the window.
      if (tried.ok && !windows.isInPlace) windows.replace();
      return tried;
    },
    "keys:lock": () => lock("asked for"),
    "keys:rotate": ({ passphrase }) => rotation.begin(passphrase),
    "notebook:ports": (_args, { frame }) => {
      host.handTo(frame);
      rotation.goOn();
      return null;
    },
    "notebook:set-aside": async () => {
      const aside = await holder.setAside();
      if (!aside.ok) return aside;
      allNotices.push({ kind: "notebook-set-aside", keptAs: aside.value.keptAs });
      // Another notebook: its window has seen nothing of the former one, and begins with the notice.
      windows.replace();
      return success(null);
    },
    "notebook:erase": async () => {
      isErasing = true;
      const session = windows.main.session;
      const close = async (): Promise<void> => {
        await closeNotebook();
        await holder.close();
      };
      const closeWindow = (): void => windows.main.destroy();
      const erased = await eraseAndRestart({ folder, close, closeWindow, session, log });
      isErasing = erased.ok;
      return erased;
    },
  });
  applyTheme(settings.read().theme);
  const windows = new Windows({
    preload: path.join(app.getAppPath(), "out", "preload", "preload.cjs"),
    assets: { page: path.join(app.getAppPath(), "out", "renderer"), resources: resourcesFolder() },
    partition: () => holder.partition(),
    settings,
    devTools,
    log,
    holdsWork: () => ports.areOpen,
    onPageGone: () => ports.close(),
  });
  const send: SendToPage = (name, payload) => {
    const { contents } = windows.main;
    if (contents) sendEvent(contents, name, payload);
  };
  const showMenu = (): void =>
    showApplicationMenu(settings.read().language, { devTools, command: (command) => windows.main.command(command) });
  showMenu();

  const stopWatching = watchWakeUps((reason) => {
    ports.emit("wake", { reason });
    void backups.wake();
  });
  const lockWatch = watchWhileLockable(holder, () =>
    watchForLock({
      power: powerMonitor,
      settings: () => settings.read(),
      lock: (reason) => void lock(reason),
      now: () => Date.now(),
    }),
  );
  backups.start();
  app.on("second-instance", () => windows.main.focus());
  app.on("window-all-closed", () => {
    if (!isErasing) app.quit();
  });
  closeBeforeQuit(log, async () => {
    stopWatching();
    lockWatch.stop();
    await rotation.pause();
    await backups.end();
    await host.close();
    await Promise.all([holder.close(), settings.settled()]);
  });
}

function logsFolder(folder: string): string {
  return path.join(folder, "logs");
}

main();
