import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

/** The system's Chromium, so that nothing is downloaded; undefined leaves it to Playwright to say what is missing. */
function systemChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

const executablePath = systemChromium();

export default defineConfig({
  test: {
    projects: [
      ...["unit", "property", "contracts", "integration"].map((name) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.{ts,tsx}`],
          testTimeout: name === "integration" ? 60_000 : 20_000,
        },
      })),
      {
        // What must hold on the real IndexedDB and not only on its stand-in.
        optimizeDeps: { include: ["rxdb", "rxdb/plugins/storage-dexie", "zod", "yjs", "uuid", "uint8array-extras"] },
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === undefined ? {} : { executablePath }),
                // As root Chromium does not start with its sandbox.
                args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
