import { defineConfig } from "@playwright/test";

/** Pictures of every screen of the running app, for looking at: `npm run screens`. They are no test of `npm test`. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/screens",
  globalSetup: "../support/globalSetup.ts",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
});
