import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { loadConfigFromFile } from "vite";
import { build } from "./build.mjs";
import { capture, run } from "./children.mjs";
import { root } from "./paths.mjs";

/**
 * The suites of `npm test`, in the order they run. A static check counts as one test.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {object} Suite
 * @property {string} name
 * @property {boolean} [needsElectron] wants the runtime, system packages and a display made ready
 * @property {boolean} [needsChromium] wants the system's browser
 * @property {() => Promise<Counts>} run prints what the runner says and counts its tests
 */

const minutes = 60_000;
const reports = join(root, "node_modules", ".cache", "qiao-reports");

/** The JavaScript file of an installed tool. @param {string} path */
const tool = (path) => join(root, "node_modules", path);

/** @param {string} script @param {readonly string[]} args @param {Record<string, string>} [env] */
function runTool(script, args, env = {}) {
  return run(process.execPath, [tool(script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 30 * minutes,
  });
}

/** @param {boolean} holds @returns {Counts} */
function oneTest(holds) {
  return { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 };
}

/** @param {string} name @param {() => Promise<number>} check answers an exit code @returns {Suite} */
function staticCheck(name, check) {
  return { name, run: async () => oneTest((await check()) === 0) };
}

/** Every project that the root tsconfig.json refers to, as many at a time as there are processors. */
async function types() {
  /** @type {{ references: { path: string }[] }} */
  const { references } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  const waiting = references.map(({ path }) => (path.endsWith(".json") ? path : `${path}/tsconfig.json`));
  let worst = 0;
  const worker = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const state = join(reports, `${project.replaceAll("/", "-")}.tsbuildinfo`);
      const args = ["-p", project, "--incremental", "--tsBuildInfoFile", state, "--pretty", "false"];
      const { code, output, errors } = await capture(process.execPath, [tool("typescript/bin/tsc"), ...args], {
        cwd: root,
      });
      if (code !== 0) console.log(`${project}:\n${output}${errors}`);
      worst = Math.max(worst, code);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return worst;
}

/**
 * What a runner wrote as JSON, or null when it ended before it could.
 *
 * @param {string} file
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** A runner that fails without a failed test (an import error, an error between tests) still counts as one failure. */
/** @param {Counts} counts @param {number} code @returns {Counts} */
function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {string} project @returns {Suite} */
function vitest(project) {
  return {
    name: project,
    needsChromium: project === "browser",
    run: async () => {
      const file = join(reports, `vitest-${project}.json`);
      rmSync(file, { force: true });
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      const code = await runTool("vitest/vitest.mjs", ["run", "--project", project, ...reporters]);
      const report = readReport(file);
      if (!report) return oneTest(false);
      /** @type {{ status: string, assertionResults: unknown[] }[]} */
      const files = report.testResults;
      const unreadable = files.filter((one) => one.status === "failed" && one.assertionResults.length === 0).length;
      return withExitCode(
        {
          passed: report.numPassedTests,
          failed: report.numFailedTests + unreadable,
          skipped: report.numPendingTests + report.numTodoTests,
        },
        code,
      );
    },
  };
}

/** @returns {Promise<Suite[]>} one suite for each project of vitest.config.ts */
async function vitestSuites() {
  const env = /** @type {const} */ ({ command: "serve", mode: "test" });
  const loaded = await loadConfigFromFile(env, join(root, "vitest.config.ts"), root, "silent");
  /** @type {{ test: { name: string | { label: string } } }[]} */
  const projects = /** @type {any} */ (loaded?.config).test.projects;
  return projects.map(({ test: { name } }) => vitest(typeof name === "string" ? name : name.label));
}

/** @param {string} name @param {string} project of playwright.config.ts; those it depends on run before it @returns {Suite} */
function playwright(name, project) {
  return {
    name,
    needsElectron: true,
    run: async () => {
      const file = join(reports, `playwright-${name}.json`);
      rmSync(file, { force: true });
      const args = ["test", `--project=${project}`, "--reporter=list,json"];
      const code = await runTool("@playwright/test/cli.js", args, {
        PLAYWRIGHT_JSON_OUTPUT_NAME: basename(file),
        PLAYWRIGHT_JSON_OUTPUT_DIR: reports,
      });
      const stats = readReport(file)?.stats;
      if (!stats) return oneTest(false);
      const failed = stats.unexpected + stats.flaky;
      return withExitCode({ passed: stats.expected, failed, skipped: stats.skipped }, code);
    },
  };
}

/** All suites, fast ones first, so that a slip shows early. @returns {Promise<Suite[]>} */
export async function allSuites() {
  mkdirSync(reports, { recursive: true });
  return [
    staticCheck("types", types),
    staticCheck("lint", () => runTool("eslint/bin/eslint.js", [".", "--max-warnings=0"])),
    staticCheck("format", () => runTool("prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."])),
    staticCheck("layers", () =>
      runTool("dependency-cruiser/bin/dependency-cruise.mjs", ["src-main", "src-renderer", "--config"]),
    ),
    staticCheck("knip", () => runTool("knip/bin/knip.js", ["--no-progress"])),
    ...(await vitestSuites()),
    staticCheck("build", build),
    playwright("e2e", "app"),
    // Packing takes some ten seconds, the story as long as from the checkout.
    ...(process.platform === "linux" ? [playwright("packaged", "packaged")] : []),
  ];
}

/** What `npm run check` runs: everything that answers within about a minute and a half. */
export const quickSuites = ["types", "lint", "format", "layers", "knip", "unit"];
