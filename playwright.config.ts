import { defineConfig } from "@playwright/test";

/** End-to-end tests in the real Electron, one app at a time: the machines that run them have two cores. */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  globalSetup: "./test/support/globalSetup.ts",
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
});
