import { defineConfig, type Project } from "@playwright/test";
import type { ProgramOptions } from "./test/support/app";

/** What is packed with the tools of a Debian system is tried there. */
const packaged: Project<ProgramOptions>[] = [
  { name: "packing", testMatch: "packaged.setup.ts" },
  { name: "packaged", grep: /@packaged/, dependencies: ["packing"], use: { program: "packaged" } },
];

/** End-to-end tests in the real Electron, one app at a time: the machines that run them have two cores. */
export default defineConfig<ProgramOptions>({
  testDir: "test/e2e",
  outputDir: "test-results",
  globalSetup: "./test/support/globalSetup.ts",
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  projects: [{ name: "app", testIgnore: "packaged.spec.ts" }, ...(process.platform === "linux" ? packaged : [])],
});
