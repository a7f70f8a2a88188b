import { cruise, type ICruiseResult } from "dependency-cruiser";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import configuration from "../../.dependency-cruiser.mjs";

/** Each line is one import that the layers forbid: the rule, the file that imports, and what it imports. */
const forbidden: [rule: string, from: string, imported: string][] = [
  ["language-sees-only-what-it-may", "src-renderer/language/pinyin.ts", "src-renderer/domain/contact.ts"],
  ["domain-sees-only-what-it-may", "src-renderer/domain/merge.ts", "src-renderer/data/store.ts"],
  ["engines-sees-only-what-it-may", "src-renderer/engines/trie.ts", "src-renderer/domain/contact.ts"],
  ["data-sees-only-what-it-may", "src-renderer/data/rows.ts", "src-renderer/sync/pull.ts"],
  ["sync-sees-only-what-it-may", "src-renderer/sync/push.ts", "src-renderer/features/contacts/ContactList.tsx"],
  ["search-sees-only-what-it-may", "src-renderer/search/index.ts", "src-renderer/data/store.ts"],
  ["workers-sees-only-what-it-may", "src-renderer/workers/notebook/main.ts", "src-renderer/platform/worker.ts"],
  ["ports-sees-only-what-it-may", "src-renderer/ports/notebook.ts", "src-renderer/data/store.ts"],
  ["i18n-sees-only-what-it-may", "src-renderer/i18n/texts.ts", "src-renderer/ui/Panel.tsx"],
  ["platform-sees-only-what-it-may", "src-renderer/platform/bridge.ts", "src-main/files/write.ts"],
  ["ui-sees-only-what-it-may", "src-renderer/ui/List.tsx", "src-renderer/features/contacts/ContactList.tsx"],
  ["editor-sees-only-what-it-may", "src-renderer/editor/Editor.tsx", "src-renderer/data/store.ts"],
  ["features-sees-only-what-it-may", "src-renderer/features/meetings/Form.tsx", "src-renderer/data/store.ts"],
  ["features-sees-only-what-it-may", "src-renderer/features/meetings/Sync.tsx", "src-renderer/sync/pull.ts"],
  ["app-sees-only-what-it-may", "src-renderer/app/App.tsx", "src-renderer/data/store.ts"],
  ["app-sees-only-what-it-may", "src-renderer/app/Window.tsx", "src-main/files/write.ts"],
  [
    "features-are-strangers",
    "src-renderer/features/meetings/List.tsx",
    "src-renderer/features/contacts/ContactList.tsx",
  ],
  ["database-only-in-data", "src-renderer/sync/query.ts", "rxdb"],
  ["database-only-in-data", "src-renderer/app/query.ts", "dexie"],
  ["electron-only-in-main", "src-renderer/platform/window.ts", "electron"],
  ["electron-only-in-main", "src-main/shared/window.ts", "electron"],
  ["main-never-imports-the-renderer", "src-main/ledger/fold.ts", "src-renderer/domain/contact.ts"],
  ["contracts-run-anywhere", "src-main/shared/ipc.ts", "src-main/files/write.ts"],
  ["pure-code-leans-on-little", "src-renderer/domain/hash.ts", "node:crypto"],
  ["pure-code-has-no-framework", "src-renderer/language/hook.ts", "react"],
  ["workers-have-no-page", "src-renderer/sync/panel.ts", "react"],
  ["programs-do-not-import-tests", "src-main/ledger/fake.ts", "test/support/fakeLedger.ts"],
  ["no-unresolved-imports", "src-renderer/domain/missing.ts", "src-renderer/domain/nowhere.ts"],
];

/** Imports that the layers are made for, one of each kind. */
const permitted: [from: string, imported: string][] = [
  ["src-renderer/domain/name.ts", "src-renderer/language/fold.ts"],
  ["src-renderer/data/records.ts", "src-renderer/domain/contact.ts"],
  ["src-renderer/data/database.ts", "rxdb"],
  ["src-renderer/sync/engine.ts", "src-renderer/data/store.ts"],
  ["src-renderer/workers/notebook/compose.ts", "src-renderer/sync/pull.ts"],
  ["src-renderer/editor/Note.tsx", "src-renderer/platform/worker.ts"],
  ["src-renderer/features/contacts/ContactForm.tsx", "src-renderer/ui/Panel.tsx"],
  ["src-renderer/features/contacts/Row.tsx", "src-main/shared/result.ts"],
  ["src-renderer/app/Sections.tsx", "src-renderer/features/contacts/ContactList.tsx"],
  ["src-main/ledger/ledger.ts", "src-main/shared/result.ts"],
  ["src-main/window/open.ts", "electron"],
];

const folder = mkdtempSync(join(tmpdir(), "qiao-layers-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(tree: string, path: string, text: string): void {
  const file = join(folder, tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function specifier(from: string, imported: string): string {
  return imported.includes(".ts")
    ? join("../".repeat(from.split("/").length - 1), imported).replace(/\.tsx?$/, "")
    : imported;
}

/** Writes a checkout that has only these imports, and answers `rule from` for every import that breaks a rule. */
async function violations(
  tree: string,
  imports: readonly (readonly [from: string, imported: string])[],
): Promise<string[]> {
  for (const name of ["rxdb", "dexie", "react", "electron"]) {
    write(tree, `node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    write(tree, `node_modules/${name}/index.js`, "exports.thing = 1;");
  }
  write(tree, "package.json", JSON.stringify({ dependencies: { rxdb: "1", dexie: "1", react: "1", electron: "1" } }));
  const importers = new Set(imports.map(([from]) => from));
  for (const [, imported] of imports) {
    const isFile = imported.includes(".ts") && !imported.endsWith("/nowhere.ts") && !importers.has(imported);
    if (isFile) write(tree, imported, "export const thing = 1;\n");
  }
  for (const [from, imported] of imports) {
    write(tree, from, `import { thing } from "${specifier(from, imported)}";\nexport const it = thing;\n`);
  }
  for (const name of ["src-main", "src-renderer"]) mkdirSync(join(folder, tree, name), { recursive: true });
  const { forbidden: rules = [] } = configuration;
  const { output } = await cruise(["src-main", "src-renderer"], {
    baseDir: join(folder, tree),
    validate: true,
    ruleSet: { forbidden: rules },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
  });
  const result = output as ICruiseResult;
  return result.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}

describe("the layers", () => {
  test("every forbidden import breaks its rule", async () => {
    const found = await violations(
      "bad",
      forbidden.map(([, from, imported]) => [from, imported]),
    );
    expect(found).toEqual(expect.arrayContaining(forbidden.map(([rule, from]) => `${rule} ${from}`)));
  });

  test("imports that point downward break none", async () => {
    expect(await violations("good", permitted)).toEqual([]);
  });

  test("two files that import each other break the rule against cycles", async () => {
    const one = "src-renderer/domain/one.ts";
    const other = "src-renderer/domain/other.ts";
    const found = await violations("circular", [
      [one, other],
      [other, one],
    ]);
    expect(found.some((violation) => violation.startsWith("no-cycles "))).toBe(true);
  });

  test("a file that nothing imports and that imports nothing breaks the rule against orphans", async () => {
    write("orphan", "src-renderer/domain/forgotten.ts", "export const thing = 1;\n");
    expect(await violations("orphan", [])).toEqual(["no-orphans src-renderer/domain/forgotten.ts"]);
  });

  test("no rule is without an import that proves it", () => {
    const proven = new Set([...forbidden.map(([rule]) => rule), "no-cycles", "no-orphans"]);
    const rules = (configuration.forbidden ?? []).map(({ name }) => name);
    expect(rules.filter((name) => name === undefined || !proven.has(name))).toEqual([]);
  });
});
