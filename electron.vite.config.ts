import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig } from "electron-vite";

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      rolldownOptions: { input: { main: resolve("src-main/main.ts") }, external: ["electron"] },
      externalizeDeps: false,
    },
  },
  preload: {
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
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir: "out/renderer",
      minify: "oxc",
      rolldownOptions: { input: { index: resolve("src-renderer/index.html") } },
    },
  },
});
