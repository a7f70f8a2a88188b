import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig } from "electron-vite";
import { licencePlugins } from "./scripts/licences.mjs";

// One for all bundles, in the order they are built: main, preload, workers, page.
const licences = licencePlugins(resolve("node_modules"));

export default defineConfig({
  main: {
    plugins: [licences.collect()],
    build: {
      outDir: "out/main",
      rolldownOptions: { input: { main: resolve("src-main/main.ts") }, external: ["electron"] },
      externalizeDeps: false,
    },
  },
  preload: {
    plugins: [licences.collect()],
    build: {
      outDir: "out/preload",
      rolldownOptions: {
        input: { preload: resolve("src-main/preload.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
      externalizeDeps: false,
    },
  },
  renderer: {
    root: "src-renderer",
    plugins: [react(), licences.collect(), licences.write()],
    worker: { format: "es", plugins: () => [licences.collect()] },
    build: {
      outDir: "out/renderer",
      minify: "oxc",
      rolldownOptions: { input: { index: resolve("src-renderer/index.html") } },
    },
  },
});
