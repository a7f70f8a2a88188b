import { hasDisplay, sandboxObstacle, startVirtualDisplay } from "./display.mjs";
import { ensurePackages } from "./installed-packages.mjs";
import { Told, runScript } from "./report.mjs";

/**
 * `npm test`: does everything that is missing, then runs all suites, or those named (`npm test -- unit e2e`; `check`
 * stands for the quick ones). A failing suite does not stop the others. The last line counts the tests of all suites.
 *
 * @typedef {import("./suites.mjs").Suite} Suite
 * @typedef {import("./suites.mjs").Counts} Counts
 * @typedef {Counts & { name: string, seconds: number }} Outcome
 */

/** @param {readonly string[]} names @returns {Promise<Suite[]>} */
async function selectSuites(names) {
  const { allSuites, quickSuites } = await import("./suites.mjs");
  const all = await allSuites();
  if (names.length === 0) return all;
  const wanted = new Set(names.flatMap((name) => (name === "check" ? quickSuites : [name])));
  const unknown = [...wanted].filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Told(`No suite is named ${unknown.join(", ")}. There are: ${all.map(({ name }) => name).join(", ")}`);
  }
  return all.filter(({ name }) => wanted.has(name));
}

/** Runtime, system packages and display for the suites that open windows. @returns {Promise<() => Promise<void>>} */
async function prepareElectron() {
  const { electronPath } = await import("./electron-runtime.mjs");
  const { ensureSystemToTest } = await import("./system-packages.mjs");
  const electron = await electronPath();
  await ensureSystemToTest(electron);
  const obstacle = sandboxObstacle();
  if (obstacle) throw new Told(obstacle);
  process.env["QIAO_ELECTRON"] = electron;
  if (process.platform !== "linux" && hasDisplay()) return () => Promise.resolve();
  const { display, stop } = await startVirtualDisplay();
  process.env["DISPLAY"] = display;
  delete process.env["WAYLAND_DISPLAY"];
  return stop;
}

async function prepareChromium() {
  const { ensureChromium } = await import("./system-packages.mjs");
  await ensureChromium();
}

/** @param {Suite} suite @returns {Promise<Outcome>} */
async function runSuite(suite) {
  console.log(`\n── ${suite.name} ──`);
  const started = performance.now();
  let counts = await suite.run();
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.log(`${suite.name} ran no test at all, which counts as a failure.`);
    counts = { ...counts, failed: 1 };
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`── ${suite.name}: ${counts.failed === 0 ? "passed" : "FAILED"} in ${seconds.toFixed(1)} s`);
  return { ...counts, name: suite.name, seconds };
}

/** @param {readonly Outcome[]} outcomes */
function printTable(outcomes) {
  const rows = outcomes.map(({ name, passed, failed, skipped, seconds }) => ({
    suite: name,
    passed,
    failed,
    skipped,
    seconds: Number(seconds.toFixed(1)),
  }));
  console.log();
  console.table(rows);
}

await runScript(async () => {
  await ensurePackages();
  const suites = await selectSuites(process.argv.slice(2));
  const stop = suites.some((suite) => suite.needsElectron) ? await prepareElectron() : () => Promise.resolve();
  if (suites.some((suite) => suite.needsChromium)) await prepareChromium();
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const suite of suites) outcomes.push(await runSuite(suite));
  } finally {
    await stop();
  }
  printTable(outcomes);
  /** @param {keyof Counts} key */
  const total = (key) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  console.log(
    `${String(total("passed"))} passed, ${String(total("failed"))} failed, ${String(total("skipped"))} skipped`,
  );
  return total("failed") === 0 ? 0 : 1;
});
