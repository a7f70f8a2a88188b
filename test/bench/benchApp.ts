import { _electron } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { Answer, RequestName } from "../../src-main/shared/rpc";
import type { Args } from "../../src-main/shared/rpc";
import type { BenchContract } from "./app/benchContract";

/** The data layer of this checkout in Electron, without window and sync, to be asked for one thing at a time. */
export interface BenchApp {
  ask<Name extends RequestName<BenchContract>>(
    name: Name,
    args: Args<BenchContract, Name>,
  ): Promise<{ readonly answer: Answer<BenchContract, Name>; readonly pageBlock: number }>;
  readonly folder: string;
  close(): Promise<void>;
}

/** Builds it as Qiao itself is built; the folder that Electron starts. */
export async function buildBenchApp(root: string): Promise<string> {
  const out = join(root, "node_modules", ".cache", "qiao-bench");
  const source = join(root, "test", "bench", "app");
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

export async function startBenchApp(appFolder: string, root: string, profile: string): Promise<BenchApp> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const app = await _electron.launch({
    executablePath: process.env["QIAO_ELECTRON"] ?? "",
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      appFolder,
      `--user-data-dir=${profile}`,
      "--password-store=basic",
    ],
    env: { ...Object.fromEntries(inherited.filter(([name]) => !name.startsWith("ELECTRON_"))), QIAO_ROOT: root },
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
      const answered = await page.evaluate(([asked, given]) => window.ask(asked, given), [name, args] as const);
      return answered as never;
    },
    close: () => app.close(),
  };
}
