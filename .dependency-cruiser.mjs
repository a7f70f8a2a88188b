/**
 * Which part may import which: section 3 of the design. Imports point downward only, language ◄ domain ◄ data ◄ sync
 * and engines ◄ search, and above them editor ◄ features ◄ app; ui, i18n and platform see only contracts. Type imports
 * count like any other.
 */

/**
 * A part of the renderer may import itself, what is listed, and packages.
 *
 * @param {string} part a folder of src-renderer
 * @param {readonly string[]} allowed folders, or the contracts of main
 * @param {string} comment
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
const sees = (part, allowed, comment) => ({
  name: `${part}-sees-only-what-it-may`,
  comment,
  severity: "error",
  from: { path: `^src-renderer/${part}/` },
  to: {
    path: "^(src-renderer|src-main|test|scripts)/",
    pathNot: [
      `^src-renderer/${part}/`,
      ...allowed.map((folder) => (folder.startsWith("^") ? folder : `^src-renderer/${folder}/`)),
    ],
  },
});

const shared = "^src-main/shared/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    sees("language", ["^src-main/shared/result\\.ts$"], "language is pure and knows nothing of the notebook"),
    sees("domain", ["language", shared], "domain is pure: types, edits, merge"),
    sees("engines", ["language"], "engines are pure and work on typed arrays"),
    sees("data", ["domain", "language", "ports", shared], "the store knows the domain, not who uses it"),
    sees("sync", ["data", "domain", "language", "ports", shared], "sync stands on the store"),
    sees("search", ["engines", "domain", "language", "ports", shared], "search stands on its engines"),
    sees(
      "workers",
      ["data", "sync", "search", "engines", "domain", "language", "ports", shared],
      "a worker is composed of what lies below the page",
    ),
    sees("ports", ["domain", shared], "a port speaks of the domain only"),
    sees("i18n", ["domain", "ports", shared], "i18n sees only contracts"),
    sees("platform", ["domain", "ports", shared], "platform sees only contracts"),
    sees("ui", ["domain", "ports", "i18n", "platform", shared], "ui sees only contracts, texts and the platform"),
    sees(
      "editor",
      ["domain", "language", "ports", "i18n", "platform", "ui", shared],
      "the editor stands on the domain and on contracts",
    ),
    sees(
      "features",
      ["editor", "domain", "language", "ports", "i18n", "platform", "ui", shared],
      "features reach the workers only by typed ports",
    ),
    sees(
      "app",
      ["features", "editor", "domain", "language", "ports", "i18n", "platform", "ui", shared],
      "the page reaches the workers only by typed ports",
    ),
    {
      name: "features-are-strangers",
      comment: "Features never import each other; what two need belongs below them.",
      severity: "error",
      from: { path: "^src-renderer/features/([^/]+)/" },
      to: { path: "^src-renderer/features/", pathNot: "^src-renderer/features/$1/" },
    },
    {
      name: "database-only-in-data",
      comment: "rxdb and dexie are imported only in src-renderer/data.",
      severity: "error",
      from: { pathNot: "^src-renderer/data/|^node_modules/|^test/" },
      to: { path: "(^|/)node_modules/(rxdb|dexie)(/|$)" },
    },
    {
      name: "electron-only-in-main",
      comment: "electron is imported only in src-main, and its contracts run anywhere.",
      severity: "error",
      from: { path: "^src-(main|renderer)/", pathNot: "^src-main/(?!shared/)" },
      to: { path: "(^|/)node_modules/electron/|^electron$" },
    },
    {
      name: "main-never-imports-the-renderer",
      severity: "error",
      from: { path: "^src-main/" },
      to: { path: "^src-renderer/" },
    },
    {
      name: "contracts-run-anywhere",
      comment: "src-main/shared is read by every process, so it may lean on nothing but zod.",
      severity: "error",
      from: { path: "^src-main/shared/" },
      to: { pathNot: "^src-main/shared/|(^|/)node_modules/zod/" },
    },
    {
      name: "pure-code-leans-on-little",
      comment: "language, domain and engines hold no effects: no frameworks, no database, nothing of Node.",
      severity: "error",
      from: { path: "^src-renderer/(language|domain|engines)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-code-has-no-framework",
      severity: "error",
      from: { path: "^src-renderer/(language|domain|engines)/" },
      to: {
        path: "(^|/)node_modules/(@mantine|@codemirror|@tabler|@tanstack|react|react-dom|react-i18next|zustand|rxjs)/",
      },
    },
    {
      name: "workers-have-no-page",
      severity: "error",
      from: { path: "^src-renderer/(data|sync|search|workers)/" },
      to: { path: "(^|/)node_modules/(@mantine|@codemirror|@tabler|@tanstack|react|react-dom|react-i18next|zustand)/" },
    },
    {
      name: "programs-do-not-import-tests",
      severity: "error",
      from: { path: "^src-(main|renderer)/" },
      to: { path: "^(test|scripts)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^src-(main|renderer)/" },
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A file that nothing imports and that imports nothing has been forgotten.",
      severity: "error",
      from: { orphan: true, pathNot: "\\.d\\.ts$|\\.css$|\\.json$" },
      to: {},
    },
    {
      name: "no-unresolved-imports",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\?" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(out|dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
