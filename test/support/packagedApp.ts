import { chromium, type Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { packagedProgram } from "./packedProgram";
import {
  environmentFor,
  isRoot,
  Problems,
  recordedNetworkUse,
  switchesFor,
  watchEnd,
  type LaunchOptions,
  type Program,
} from "./program";

/**
 * Starts the packaged program as it is shipped. Its fuses let nobody into the main process, so a test sees the window
 * alone, through Chromium's own debugging port; of the network use what Chromium's log says, and not what Node's
 * sockets do. The same code is watched in both in the run from the checkout.
 */
export async function startPackagedApp(options: LaunchOptions, userDataDir: string): Promise<Program> {
  if (options.keychain) throw new Error("the packaged program is tried without a keychain");
  const child = spawn(
    packagedProgram,
    [...(isRoot ? ["--no-sandbox"] : []), "--remote-debugging-port=0", ...switchesFor(options, userDataDir)],
    { env: environmentFor(options), stdio: ["ignore", "pipe", "pipe"] },
  );
  const { ended, isRunning } = watchEnd(child);
  const problems = new Problems(userDataDir);
  problems.watchProcess(child);
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child, ended));
    const [context] = browser.contexts();
    if (!context) throw new Error("the program has no session");
    const watch = (page: Page): void => {
      problems.watchPage(page);
    };
    context.on("page", watch);
    context.pages().forEach(watch);
    const page = context.pages()[0] ?? (await context.waitForEvent("page", { timeout: 30_000 }));
    await page.waitForLoadState();
    return {
      page,
      userDataDir,
      isRunning,
      problems: () => problems.all(),
      expectProblems: (...patterns) => {
        problems.expect(patterns);
      },
      // As the end of a session does it: the program quits in its usual order.
      async close() {
        child.kill("SIGTERM");
        await ended;
      },
      async kill() {
        child.kill("SIGKILL");
        await ended;
      },
      networkUse: () => recordedNetworkUse(userDataDir),
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`The packaged program did not start. It printed:\n${problems.output()}`, { cause: error });
  }
}

/** Where Chromium listens, which it says on stderr. */
function addressOf(child: ChildProcess, ended: Promise<void>): Promise<string> {
  const { stderr } = child;
  if (!stderr) throw new Error("stderr is not piped");
  const told = new Promise<string>((resolve) => {
    createInterface({ input: stderr }).on("line", (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  return Promise.race([
    told,
    ended.then(() => {
      throw new Error("the program ended before it could be reached");
    }),
  ]);
}
