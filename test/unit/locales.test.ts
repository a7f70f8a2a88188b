import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const locales = path.resolve("locales");
const namespaces = readdirSync(path.join(locales, "en")).map((file) => path.basename(file, ".json"));
const pluralForms = /_(zero|one|two|few|many|other)$/;

type Texts = Map<string, string>;

function readTexts(language: string, namespace: string): Texts {
  const parsed: unknown = JSON.parse(readFileSync(path.join(locales, language, `${namespace}.json`), "utf8"));
  const texts: Texts = new Map();
  collect(parsed, [], texts);
  return texts;
}

function collect(node: unknown, at: readonly string[], into: Texts): void {
  if (typeof node === "string") into.set(at.join("."), node);
  else if (typeof node === "object" && node !== null && !Array.isArray(node)) {
    for (const [key, child] of Object.entries(node)) collect(child, [...at, key], into);
  } else throw new Error(`${at.join(".")} is no text`);
}

/** Keys as code names them: without the form that the plural rules choose. */
function baseKeys(texts: Texts): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(pluralForms, "")))].sort();
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? ""))].sort();
}

describe.each(namespaces)("the texts of %s", (namespace) => {
  const en = readTexts("en", namespace);
  const zh = readTexts("zh-CN", namespace);

  it("have the same keys in English and Chinese", () => {
    expect(baseKeys(zh)).toEqual(baseKeys(en));
  });

  it("are none of them empty", () => {
    const empty = [...en, ...zh].filter(([, text]) => text.trim() === "").map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it("name the same placeholders in both languages", () => {
    for (const key of baseKeys(en)) {
      const inEnglish = new Set(
        [...en].filter(([each]) => each.replace(pluralForms, "") === key).map(([, text]) => text),
      );
      const inChinese = new Set(
        [...zh].filter(([each]) => each.replace(pluralForms, "") === key).map(([, text]) => text),
      );
      const english = [...new Set([...inEnglish].flatMap(placeholders))].sort();
      const chinese = [...new Set([...inChinese].flatMap(placeholders))].sort();
      expect({ key, placeholders: chinese }).toEqual({ key, placeholders: english });
    }
  });

  it.each([
    ["en", en],
    ["zh-CN", zh],
  ])("have every plural form that %s needs, and no other", (language, texts) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const forms = new Map<string, string[]>();
    for (const key of texts.keys()) {
      const form = pluralForms.exec(key)?.[1];
      if (form !== undefined)
        forms.set(key.replace(pluralForms, ""), [...(forms.get(key.replace(pluralForms, "")) ?? []), form]);
    }
    for (const [key, found] of forms) expect({ key, forms: found.sort() }).toEqual({ key, forms: needed });
  });
});

describe("the texts and the code", () => {
  const used = usesInCode();
  const known = new Set(
    namespaces.flatMap((namespace) => baseKeys(readTexts("en", namespace)).map((key) => `${namespace}:${key}`)),
  );

  it("agree: no text is asked for that is not there", () => {
    const missing = used.exact.filter(({ candidates }) => !candidates.some((key) => known.has(key)));
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  it("agree: no text is there that nothing asks for", () => {
    const asked = new Set(used.exact.flatMap(({ candidates }) => candidates));
    const unused = [...known].filter((key) => !asked.has(key) && !used.patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

interface Uses {
  /** A literal key, and what it may stand for: the namespaces that the file works with. */
  readonly exact: { readonly file: string; readonly key: string; readonly candidates: readonly string[] }[];
  /** Keys put together from parts, e.g. `level.${level}`. */
  readonly patterns: RegExp[];
}

function usesInCode(): Uses {
  const uses: Uses = { exact: [], patterns: [] };
  for (const file of sourceFiles(path.resolve("src-renderer"))) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const here = namespacesOf(source);
    visit(source, (call) => {
      if (!ts.isIdentifier(call.expression) || call.expression.text !== "t") return;
      const [argument] = call.arguments;
      if (!argument) return;
      for (const key of keysIn(argument)) {
        const inNamespaces = key.text.includes(":") ? [key.text] : here.map((namespace) => `${namespace}:${key.text}`);
        if (key.exact) uses.exact.push({ file: path.relative(".", file), key: key.text, candidates: inNamespaces });
        else uses.patterns.push(...inNamespaces.map((pattern) => new RegExp(`^${pattern}$`)));
      }
    });
  }
  return uses;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(full);
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

/** Namespaces named in the file, as `useTranslation("x")`, `useTranslation(["x", "y"])` or `TFunction<"x">`. */
function namespacesOf(source: ts.SourceFile): string[] {
  const found = new Set<string>();
  const add = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && namespaces.includes(node.text)) found.add(node.text);
    ts.forEachChild(node, add);
  };
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "useTranslation") {
      node.arguments.forEach(add);
    }
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === "TFunction") {
      node.typeArguments?.forEach(add);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found.size > 0 ? [...found] : ["common"];
}

function visit(node: ts.Node, onCall: (call: ts.CallExpression) => void): void {
  if (ts.isCallExpression(node)) onCall(node);
  ts.forEachChild(node, (child) => {
    visit(child, onCall);
  });
}

/** The keys an argument may be: a literal, both sides of a choice, or a pattern for a text put together. */
function keysIn(node: ts.Expression): { readonly text: string; readonly exact: boolean }[] {
  if (ts.isStringLiteralLike(node)) return [{ text: node.text, exact: true }];
  if (ts.isConditionalExpression(node)) return [...keysIn(node.whenTrue), ...keysIn(node.whenFalse)];
  if (ts.isTemplateExpression(node)) {
    const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const text =
      escape(node.head.text) + node.templateSpans.map((span) => `[^.]+${escape(span.literal.text)}`).join("");
    return [{ text, exact: false }];
  }
  return [];
}
