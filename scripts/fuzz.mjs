import { join } from "node:path";
import { ensurePackages } from "./installed-packages.mjs";
import { root } from "./paths.mjs";
import { runScript } from "./report.mjs";

/** `npm run fuzz -- --seed S --actions N`: random work on several devices under faults (`test/fuzz/README.md`). */

await runScript(async () => {
  await ensurePackages();
  const { runnerImport } = await import("vite");
  /** @type {{ module: { runFuzz: (args: readonly string[], say: (text: string) => void) => Promise<number> } }} */
  const { module } = await runnerImport(join(root, "test", "fuzz", "runFuzz.ts"), {
    configFile: false,
    logLevel: "error",
  });
  return module.runFuzz(process.argv.slice(2), console.log);
});
