import { createInterface } from "node:readline";
import { ended, start } from "./children.mjs";
import { hasDisplay, sandboxObstacle, startVirtualDisplay } from "./display.mjs";
import { ensurePackages } from "./installed-packages.mjs";
import { root } from "./paths.mjs";
import { Told, runScript, say } from "./report.mjs";

/**
 * `npm start`: does everything that is missing, then opens the app. Arguments are handed to the app
 * (`npm start -- --user-data-dir=DIR`), and the app's exit code is the script's.
 */

/** Lines of Chromium that say nothing about the app: no system bus, no graphics card. */
const noise =
  /^\[\d+:[\d/.]+:(?:ERROR|WARNING):(?:bus|object_proxy|gpu|gl_|viz|command_buffer|angle_|vaapi|atom_cache|shared_image|one_copy_raster|zygote)|dbus/i;

/** @param {string} electron @param {readonly string[]} args @param {NodeJS.ProcessEnv} env */
async function openApp(electron, args, env) {
  const isRoot = process.getuid?.() === 0;
  const app = start(electron, [...(isRoot ? ["--no-sandbox"] : []), root, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["inherit", "inherit", "pipe"],
  });
  if (app.stderr) {
    createInterface({ input: app.stderr }).on("line", (line) => {
      if (!noise.test(line)) process.stderr.write(`${line}\n`);
    });
  }
  return ended(app);
}

await runScript(async () => {
  await ensurePackages();
  const { electronPath } = await import("./electron-runtime.mjs");
  const { ensureSystemToRun } = await import("./system-packages.mjs");
  const { ensureBuilt } = await import("./build.mjs");
  const electron = await electronPath();
  const virtualDisplay = !hasDisplay();
  await ensureSystemToRun(electron, { virtualDisplay });
  const obstacle = sandboxObstacle();
  if (obstacle) throw new Told(obstacle);
  await ensureBuilt();
  const args = process.argv.slice(2);
  if (!virtualDisplay) return openApp(electron, args, {});
  say("There is no display here (DISPLAY is not set): the app runs on a virtual one. Ctrl-C ends it.");
  const { display, stop } = await startVirtualDisplay();
  try {
    return await openApp(electron, args, { DISPLAY: display });
  } finally {
    await stop();
  }
});
