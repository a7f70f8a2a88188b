import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["unit", "property", "contracts", "integration"].map((name) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        testTimeout: name === "integration" ? 60_000 : 20_000,
      },
    })),
  },
});
