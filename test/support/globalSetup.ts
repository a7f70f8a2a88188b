import { ensureBuilt } from "../../scripts/build.mjs";
import { hasDisplay, startVirtualDisplay } from "../../scripts/display.mjs";
import { electronPath } from "../../scripts/electron-runtime.mjs";

/**
 * Lets `npx playwright test` run by itself: runtime, build and display are made ready here unless `npm test` has done
 * so. What it finds is handed to the tests by the environment.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  process.env["QIAO_ELECTRON"] = await electronPath();
  await ensureBuilt();
  if (hasDisplay()) return () => Promise.resolve();
  const { display, stop } = await startVirtualDisplay();
  process.env["DISPLAY"] = display;
  return stop;
}
