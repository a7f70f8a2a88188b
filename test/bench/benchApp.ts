import { _electron } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { Answer, Args, Contract, RequestName } from "../../src-main/shared/rpc";
import type { BenchContract } from "./app/benchContract";

/** A measuring app in Electron: parts of this checkout without Qiao's window, to be asked for one thing at a time. */
export interface BenchApp<C extends Contract = BenchContract> {
  ask<Name extends RequestName<C>>(
    name: Name,
    args: Args<C, Name>,
  ): Promise<{ readonly answer: Answer<C, Name>; readonly pageBlock: number }>;
  readonly folder: string;
  /** The most memory that the page and its workers had at one time until now, in MB; shared pages included. */
  peakMemory(): Promise<number>;
  close(): Promise<void>;
}

/** `app` measures the data layer, `syncApp` the sync beside its peers. */
type AppName = "app" | "syncApp";

/** Builds it as Qiao itself is built; the folder that Electron starts. */
export async function buildBenchApp(root: string, name: AppName = "app"): Promise<string> {
  const out = join(root, "node_modules", ".cache", `qiao-bench-${name}`);
  const source = join(root, "test", "bench", name);
  await build({
    root: source,
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: join(out, "page"), emptyOutDir: true, minify: "oxc" },
  });
  await build({
    root: source,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true, external: ["electron"] },
    build: {
      ssr: join(source, "main.ts"),
      outDir: join(out, "main"),
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: "main.js" } },
    },
  });
  writeFileSync(
    join(out, "package.json"),
    JSON.stringify({ name: "qiao-bench", type: "module", main: "main/main.js" }),
  );
  return out;
}

/** A folder for what an installation keeps; removed by `remove`. */
export async function newProfile(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "qiao-bench-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** `environment`: what the app is told besides where Qiao lies. */
export async function startBenchApp<C extends Contract = BenchContract>(
  appFolder: string,
  root: string,
  profile: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BenchApp<C>> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const app = await _electron.launch({
    executablePath: process.env["QIAO_ELECTRON"] ?? "",
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      appFolder,
      `--user-data-dir=${profile}`,
      "--password-store=basic",
    ],
    env: {
      ...Object.fromEntries(inherited.filter(([name]) => !name.startsWith("ELECTRON_"))),
      ...environment,
      QIAO_ROOT: root,
    },
    timeout: 30_000,
  });
  const page = await app.firstWindow({ timeout: 30_000 });
  page.on("console", (message) => {
    if (message.type() === "error") console.error(message.text());
  });
  await page.waitForFunction(() => "ask" in window, undefined, { timeout: 30_000 });
  return {
    folder: profile,
    ask: async (name, args) => {
      const answered = await page.evaluate(([asked, given]) => window.ask(asked, given), [
        name as string,
        args as object,
      ] as const);
      return answered as never;
    },
    peakMemory: async () => {
      const pid = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      );
      return peakMegabytes(pid ?? 0);
    },
    close: () => app.close(),
  };
}

/** High water mark of what was resident (Linux, proc(5)). */
function peakMegabytes(pid: number): number {
  const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (!match) throw new Error(`no memory figures of process ${pid}`);
  return Number(match[1]) / 1024;
}
