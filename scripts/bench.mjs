import { join } from "node:path";
import { hasDisplay, startVirtualDisplay } from "./display.mjs";
import { ensurePackages } from "./installed-packages.mjs";
import { root } from "./paths.mjs";
import { runScript, say } from "./report.mjs";

/** `npm run bench`: measures what design.md promises, all of it or what is named (`npm run bench -- filter.p95`). */

await runScript(async () => {
  await ensurePackages();
  const { electronPath } = await import("./electron-runtime.mjs");
  const { ensureSystemToTest } = await import("./system-packages.mjs");
  const { ensureBuilt } = await import("./build.mjs");
  const electron = await electronPath();
  await ensureSystemToTest(electron);
  process.env["QIAO_ELECTRON"] = electron;
  await ensureBuilt();
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display) process.env["DISPLAY"] = display.display;
  try {
    const { runnerImport } = await import("vite");
    /** @type {{ module: { runBench: (root: string, names: readonly string[], say: (text: string) => void) => Promise<number> } }} */
    const { module } = await runnerImport(join(root, "test", "bench", "runBench.ts"), {
      configFile: false,
      logLevel: "error",
    });
    return await module.runBench(root, process.argv.slice(2), say);
  } finally {
    await display?.stop();
  }
});
