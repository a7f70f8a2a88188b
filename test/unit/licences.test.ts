import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { licencePlugins } from "../../scripts/licences.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qiao-licences-"));
  addPackage("opencc-js", { license: "MIT" }, { LICENSE: "of opencc-js", "LICENSES/Apache-2.0.txt": "Apache text" });
  addPackage("electron", { license: "MIT" }, { LICENSE: "of electron" });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function addPackage(name: string, manifest: object, files: Readonly<Record<string, string>>): void {
  const folder = `node_modules/${name}`;
  write(`${folder}/package.json`, JSON.stringify({ name, version: "1.2.3", main: "index.js", ...manifest }));
  write(`${folder}/index.js`, `export const made = ${JSON.stringify(`by ${name}`)};`);
  for (const [path, text] of Object.entries(files)) write(`${folder}/${path}`, text);
}

interface Listed {
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Builds a page with these sources and a first program of the same project, as the app is built. */
async function licencesOf(sources: Readonly<Record<string, string>>): Promise<readonly Listed[]> {
  for (const [path, text] of Object.entries(sources)) write(path, text);
  write("index.html", `<script type="module" src="./page.js"></script>`);
  const { collect, write: list } = licencePlugins(join(root, "node_modules"));
  const shared = { root, configFile: false, logLevel: "silent" } as const;
  await build({
    ...shared,
    plugins: [collect()],
    ssr: { noExternal: true },
    build: { ssr: join(root, "main.js"), outDir: "out/main" },
  });
  await build({
    ...shared,
    plugins: [collect(), list()],
    worker: { format: "es", plugins: () => [collect()] },
    build: { outDir: "out/page" },
  });
  return JSON.parse(readFileSync(join(root, "out/page/licences.json"), "utf8")) as Listed[];
}

const nothing = { "main.js": "console.log(1);", "page.js": "console.log(2);" };

describe("the licences of what is bundled", () => {
  test("are those of every bundle: main, page, what it loads later, and workers", async () => {
    for (const name of ["in-main", "in-page", "@scope/in-later", "in-worker"]) {
      addPackage(name, { license: "MIT" }, { "LICENSE.md": `text of ${name}` });
    }
    const found = await licencesOf({
      "main.js": `import { made } from "in-main"; console.log(made);`,
      "page.js": `import { made } from "in-page";
        new Worker(new URL("./worker.js", import.meta.url), { type: "module" }).postMessage(made);
        void import("./later.js");`,
      "later.js": `import { made } from "@scope/in-later"; console.log(made);`,
      "worker.js": `import { made } from "in-worker"; postMessage(made);`,
    });
    const own = found.filter(({ kind, name }) => kind === "package" && name !== "vite" && name !== "rolldown");
    expect(own.map(({ name, version, text }) => [name, version, text])).toEqual([
      ["@scope/in-later", "1.2.3", "text of @scope/in-later"],
      ["in-main", "1.2.3", "text of in-main"],
      ["in-page", "1.2.3", "text of in-page"],
      ["in-worker", "1.2.3", "text of in-worker"],
    ]);
    const forPeople = readFileSync(join(root, "out/page/licences.txt"), "utf8");
    for (const { name, text } of found) {
      expect(forPeople).toContain(name);
      expect(forPeople).toContain(text);
    }
  });

  test("leave out what is installed and not bundled, and name data and runtime", async () => {
    addPackage("unused", { license: "MIT" }, { LICENSE: "text" });
    const found = await licencesOf(nothing);
    expect(
      found.filter(({ kind }) => kind !== "package").map(({ kind, licence, text }) => [kind, licence, text]),
    ).toEqual([
      ["data", "Apache-2.0", "Apache text"],
      ["runtime", "MIT", "of electron"],
    ]);
    expect(found.map(({ name }) => name)).not.toContain("unused");
  });

  test("hold notices beside the licence", async () => {
    addPackage("noted", { license: "Apache-2.0" }, { LICENSE: "the licence", NOTICE: "the notice" });
    const found = await licencesOf({ ...nothing, "main.js": `import { made } from "noted"; console.log(made);` });
    expect(found.find(({ name }) => name === "noted")?.text).toBe("the licence\n\nthe notice");
  });

  test("are completed where a package names the MIT licence and forgets its text", async () => {
    addPackage("forgetful", { license: "MIT", author: "Ann Author <ann@example.org>" }, {});
    const found = await licencesOf({ ...nothing, "main.js": `import { made } from "forgetful"; console.log(made);` });
    const text = found.find(({ name }) => name === "forgetful")?.text;
    expect(text).toContain("Copyright (c) Ann Author\n");
    expect(text).toContain("Permission is hereby granted");
  });

  test.each([
    ["names none", {}],
    ["names one without its text", { license: "GPL-3.0" }],
  ])("stop the build for a package that %s", async (_case, manifest) => {
    addPackage("unlicensed", manifest, {});
    const built = licencesOf({ ...nothing, "main.js": `import { made } from "unlicensed"; console.log(made);` });
    await expect(built).rejects.toThrow(/unlicensed is bundled and has no licence text/);
  });
});
