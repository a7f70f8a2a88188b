import { _electron, expect, test as base, type ElectronApplication, type JSHandle, type Page } from "@playwright/test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readNetLog, type NetworkUse } from "./netLog";

const root = resolve(import.meta.dirname, "..", "..");

const isRoot = process.getuid?.() === 0;

export interface LaunchOptions {
  /** Folder of an installation; a new one each time unless given. Give the same again to restart one. */
  readonly userDataDir?: string;
  /** The system's language that the app finds; English unless told. */
  readonly language?: "en" | "zh-CN";
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Records all network use of the app, to be read by `networkUse` after it has closed. */
  readonly netLog?: boolean;
  /** With an unlocked keychain of its own; otherwise the system seems to have none. */
  readonly keychain?: boolean;
  /** Another application folder than Qiao itself, for trying the harness. */
  readonly appFolder?: string;
}

export interface RunningApp {
  readonly app: ElectronApplication;
  /** The main window. */
  readonly page: Page;
  readonly userDataDir: string;
  /** False once the main process has ended, in whatever way. */
  readonly isRunning: () => boolean;
  /** Problems seen so far: errors on a page's or worker's console, uncaught ones, failures in the main process. */
  readonly problems: () => readonly string[];
  /** Takes problems that a test provokes out of the list; each pattern must have matched one. */
  readonly expectProblems: (...patterns: readonly RegExp[]) => void;
  /** Quits as a person would, and waits for the end. */
  readonly close: () => Promise<void>;
  /** Ends the main process, and with it all others, by SIGKILL: a battery pull. */
  readonly kill: () => Promise<void>;
  /** Ends the window's renderer, workers included, by SIGKILL. */
  readonly killRenderer: () => Promise<void>;
  readonly networkUse: () => NetworkUse;
}

export type Launch = (options?: LaunchOptions) => Promise<RunningApp>;

/** What the harness asks of Electron's BrowserWindow. */
interface Window {
  readonly webContents: { readonly getOSProcessId: () => number };
}

interface Fixtures {
  readonly launch: Launch;
  /** An empty folder that is removed after the test. */
  readonly temporaryFolder: (name: string) => string;
}

/** Lines of the main process that tell of a bug, whatever else it prints. */
const mainFailure = /Unhandled|Uncaught|ERR_[A-Z_]+\b.*\n? {4}at /;

function argumentsFor(options: LaunchOptions, userDataDir: string, netLogFile: string): string[] {
  return [
    ...(isRoot ? ["--no-sandbox"] : []),
    options.appFolder ?? root,
    `--user-data-dir=${userDataDir}`,
    `--lang=${options.language ?? "en"}`,
    `--password-store=${options.keychain ? "gnome-libsecret" : "basic"}`,
    ...(options.netLog ? [`--log-net-log=${netLogFile}`, "--net-log-capture-mode=IncludeSensitive"] : []),
    ...(options.args ?? []),
  ];
}

function environmentFor(options: LaunchOptions, electron: string, keyring: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const language = options.language === "zh-CN" ? "zh_CN.UTF-8" : "en_US.UTF-8";
  return {
    ...Object.fromEntries(inherited.filter(([name]) => !name.startsWith("ELECTRON_") && name !== "LC_ALL")),
    LANGUAGE: language,
    TZ: "Asia/Shanghai",
    QIAO_ELECTRON: electron,
    QIAO_TEST_KEYRING: keyring,
    ...options.env,
  };
}

/**
 * Notes in the main process which addresses Node's own sockets connect to: those do not pass through Chromium's
 * network stack, so its log does not show them.
 */
function watchNodeSockets(): void {
  const seen = new Set<string>();
  Reflect.set(globalThis, "qiaoTestConnections", seen);
  process.getBuiltinModule("node:diagnostics_channel").subscribe("net.client.socket", (message) => {
    const { socket } = message as { socket: Socket };
    socket.on("connectionAttempt", (address: string, port: number) => seen.add(`${address}:${String(port)}`));
  });
}

function seenNodeConnections(): string[] {
  return [...(Reflect.get(globalThis, "qiaoTestConnections") as Set<string>)];
}

/** Lines of the app's own log that tell of an error. */
function errorLines(log: string): string[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "utf8").split("\n");
  return lines.filter((line) => line.includes('"error":'));
}

/** Starts the app and waits for its window. Problems are collected from the first moment. */
export async function startApp(options: LaunchOptions, userDataDir: string): Promise<RunningApp> {
  const electron = process.env["QIAO_ELECTRON"];
  if (!electron) throw new Error("QIAO_ELECTRON is not set: run the tests by npm test or npx playwright test");
  const netLogFile = `${userDataDir}.netlog.json`;
  const keyring = `${userDataDir}.keyring`;
  mkdirSync(keyring, { recursive: true });
  const app = await _electron.launch({
    executablePath: options.keychain ? join(import.meta.dirname, "withKeychain.sh") : electron,
    args: argumentsFor(options, userDataDir, netLogFile),
    env: environmentFor(options, electron, keyring),
    cwd: root,
    // Otherwise Playwright takes the sandbox away.
    chromiumSandbox: !isRoot,
    timeout: 30_000,
  });
  const child = app.process();
  let isRunning = child.exitCode === null && child.signalCode === null;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      isRunning = false;
      resolve();
    };
    if (isRunning) child.once("exit", end);
    else end();
  });

  const problems: string[] = [];
  const log = join(userDataDir, "logs", "main.log");
  let linesOfLog = errorLines(log).length;
  const readLog = (): void => {
    const lines = errorLines(log);
    problems.push(...lines.slice(linesOfLog).map((line) => `log of the main process: ${line}`));
    linesOfLog = lines.length;
  };
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output.push(chunk);
      if (mainFailure.test(chunk)) problems.push(`main process: ${chunk.trim()}`);
    });
  }
  const watch = (page: Page): void => {
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => problems.push(`page: ${error.stack ?? error.message}`));
  };
  app.on("window", watch);
  app.windows().forEach(watch);

  const page = await Promise.race([
    app.firstWindow({ timeout: 30_000 }),
    ended.then(() => {
      throw new Error(`The app ended before it showed a window:\n${output.join("")}`);
    }),
  ]).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`No window came. The app printed:\n${output.join("")}`, { cause: error });
  });
  await page.waitForLoadState();
  const mainPid = await app.evaluate(() => process.pid);

  if (options.netLog) await app.evaluate(watchNodeSockets);
  let nodeConnections: readonly string[] = [];

  return {
    app,
    page,
    userDataDir,
    isRunning: () => isRunning,
    problems: () => {
      readLog();
      return problems;
    },
    expectProblems(...patterns) {
      readLog();
      for (const pattern of patterns) {
        const matching = problems.filter((problem) => pattern.test(problem));
        expect(matching, `a problem like ${String(pattern)} among: ${problems.join("\n")}`).not.toHaveLength(0);
        for (const problem of matching) problems.splice(problems.indexOf(problem), 1);
      }
    },
    async close() {
      if (options.netLog) nodeConnections = await app.evaluate(seenNodeConnections);
      await app.close();
      await ended;
    },
    async kill() {
      process.kill(mainPid, "SIGKILL");
      await ended;
    },
    async killRenderer() {
      const window = (await app.browserWindow(page)) as JSHandle<Window>;
      const pid = await window.evaluate(({ webContents }) => webContents.getOSProcessId());
      const crashed = page.waitForEvent("crash").catch(() => page.waitForEvent("close"));
      process.kill(pid, "SIGKILL");
      await crashed;
    },
    networkUse() {
      if (!existsSync(netLogFile)) throw new Error("launch with { netLog: true } to record network use");
      const chromium = readNetLog(netLogFile);
      return { ...chromium, connections: [...new Set([...chromium.connections, ...nodeConnections])] };
    },
  };
}

/**
 * `launch` starts installations of the app, as many as a test wants. After the test all are ended and their folders
 * removed, and a problem that nobody expected fails the test.
 */
export const test = base.extend<Fixtures>({
  temporaryFolder: async ({}, use) => {
    const parent = mkdtempSync(join(tmpdir(), "qiao-e2e-"));
    await use((name) => {
      const folder = join(parent, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    });
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  },
  launch: async ({ temporaryFolder }, use, testInfo) => {
    const started: RunningApp[] = [];
    await use(async (options = {}) => {
      const running = await startApp(
        options,
        options.userDataDir ?? temporaryFolder(`profile-${String(started.length)}`),
      );
      started.push(running);
      return running;
    });
    for (const [index, { isRunning, page, close, kill }] of started.entries()) {
      if (!isRunning()) continue;
      const hasFailed = testInfo.status !== testInfo.expectedStatus;
      if (hasFailed) {
        const picture = await page.screenshot({ timeout: 5_000 }).catch(() => null);
        if (picture) await testInfo.attach(`window-${String(index)}`, { body: picture, contentType: "image/png" });
      }
      // An app that a failed test left with unsaved text would ask before it closes.
      await (hasFailed ? kill() : close());
    }
    expect(
      started.flatMap(({ problems }) => problems()),
      "no errors on any console",
    ).toEqual([]);
  },
});

export { expect };
