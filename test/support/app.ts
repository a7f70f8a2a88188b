import { _electron, expect, test as base, type ElectronApplication, type JSHandle, type Page } from "@playwright/test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startPackagedApp } from "./packagedApp";
import {
  environmentFor,
  isRoot,
  Problems,
  recordedNetworkUse,
  switchesFor,
  watchEnd,
  type LaunchOptions as CommonOptions,
  type Program,
} from "./program";

const root = resolve(import.meta.dirname, "..", "..");

export interface LaunchOptions extends CommonOptions {
  /** Another application folder than Qiao itself, for trying the harness. */
  readonly appFolder?: string;
}

/** The program started from the checkout, its main process open to the test. */
export interface RunningApp extends Program {
  readonly app: ElectronApplication;
  /** Ends the window's renderer, workers included, by SIGKILL. */
  readonly killRenderer: () => Promise<void>;
}

export type Launch = (options?: LaunchOptions) => Promise<RunningApp>;

/** What the harness asks of Electron's BrowserWindow. */
interface Window {
  readonly webContents: { readonly getOSProcessId: () => number };
}

export interface ProgramOptions {
  /** Which program `launchProgram` starts: set for each project in playwright.config.ts. */
  readonly program: "checkout" | "packaged";
}

interface Fixtures {
  readonly launch: Launch;
  /** Like `launch`, for tests that also run against the packaged program and so use nothing but what both offer. */
  readonly launchProgram: (options?: CommonOptions) => Promise<Program>;
  /** An empty folder that is removed after the test. */
  readonly temporaryFolder: (name: string) => string;
  /** Notes a started program, to be ended and looked at after the test. */
  readonly keep: <P extends Program>(start: (userDataDir: string) => Promise<P>, options: CommonOptions) => Promise<P>;
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

/** Starts the app and waits for its window. Problems are collected from the first moment. */
export async function startApp(options: LaunchOptions, userDataDir: string): Promise<RunningApp> {
  const electron = process.env["QIAO_ELECTRON"];
  if (!electron) throw new Error("QIAO_ELECTRON is not set: run the tests by npm test or npx playwright test");
  const keyring = `${userDataDir}.keyring`;
  mkdirSync(keyring, { recursive: true });
  const app = await _electron.launch({
    executablePath: options.keychain ? join(import.meta.dirname, "withKeychain.sh") : electron,
    args: [...(isRoot ? ["--no-sandbox"] : []), options.appFolder ?? root, ...switchesFor(options, userDataDir)],
    env: { QIAO_ELECTRON: electron, QIAO_TEST_KEYRING: keyring, ...environmentFor(options) },
    cwd: root,
    // Otherwise Playwright takes the sandbox away.
    chromiumSandbox: !isRoot,
    timeout: 30_000,
  });
  const child = app.process();
  const { ended, isRunning } = watchEnd(child);
  const problems = new Problems(userDataDir);
  problems.watchProcess(child);
  const watch = (page: Page): void => {
    problems.watchPage(page);
  };
  app.on("window", watch);
  app.windows().forEach(watch);

  const page = await Promise.race([
    app.firstWindow({ timeout: 30_000 }),
    ended.then(() => {
      throw new Error(`The app ended before it showed a window:\n${problems.output()}`);
    }),
  ]).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`No window came. The app printed:\n${problems.output()}`, { cause: error });
  });
  await page.waitForLoadState();
  const mainPid = await app.evaluate(() => process.pid);

  if (options.netLog) await app.evaluate(watchNodeSockets);
  let nodeConnections: readonly string[] = [];

  return {
    app,
    page,
    userDataDir,
    isRunning,
    problems: () => problems.all(),
    expectProblems: (...patterns) => {
      problems.expect(patterns);
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
      const chromium = recordedNetworkUse(userDataDir);
      return { ...chromium, connections: [...new Set([...chromium.connections, ...nodeConnections])] };
    },
  };
}

/**
 * `launch` starts installations of the app, as many as a test wants. After the test all are ended and their folders
 * removed, and a problem that nobody expected fails the test.
 */
export const test = base.extend<Fixtures & ProgramOptions>({
  program: ["checkout", { option: true }],
  temporaryFolder: async ({}, use) => {
    const parent = mkdtempSync(join(tmpdir(), "qiao-e2e-"));
    await use((name) => {
      const folder = join(parent, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    });
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  },
  keep: async ({ temporaryFolder }, use, testInfo) => {
    const started: Program[] = [];
    await use(async (start, options) => {
      const running = await start(options.userDataDir ?? temporaryFolder(`profile-${String(started.length)}`));
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
  launch: async ({ keep }, use) => {
    await use((options = {}) => keep((userDataDir) => startApp(options, userDataDir), options));
  },
  launchProgram: async ({ keep, program }, use) => {
    const start = program === "packaged" ? startPackagedApp : startApp;
    await use((options = {}) => keep<Program>((userDataDir) => start(options, userDataDir), options));
  },
});

export { expect };
