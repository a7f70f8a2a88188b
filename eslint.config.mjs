import i18next from "eslint-plugin-i18next";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Tests on closed networks run Electron 33 (Chromium 130, Node 20.18); the types are those of a newer one. */
const notYet = "is not in Electron 33 (Chromium 130, Node 20.18), on which the tests run";

/** @param {string} selector @param {string} name */
const lacking = (selector, name) => ({ selector, message: `${name} ${notYet}.` });

/** @param {string} object @param {string} property */
const lackingStatic = (object, property) =>
  lacking(`MemberExpression[object.name='${object}'][property.name='${property}']`, `${object}.${property}`);

const restrictedSyntax = [
  { selector: "TSEnumDeclaration", message: "Use a frozen object with a type of the same name, or a union." },
  {
    selector: "MemberExpression[property.name=/^ipc(Main|Renderer)$/]",
    message: "Use handle and send of src-main/ipc: they check the sender and parse the arguments.",
  },
  lackingStatic("Promise", "try"),
  lackingStatic("Uint8Array", "fromBase64"),
  lackingStatic("Uint8Array", "fromHex"),
  lackingStatic("Iterator", "concat"),
  lackingStatic("RegExp", "escape"),
  lackingStatic("Error", "isError"),
  lackingStatic("Math", "sumPrecise"),
  lackingStatic("Atomics", "pause"),
  lacking("CallExpression[callee.property.name=/^to(Base64|Hex)$/][arguments.length=0]", "Uint8Array to Base64 or hex"),
  lacking("MemberExpression[property.name=/^setFrom(Base64|Hex)$/]", "Uint8Array from Base64 or hex"),
  lacking("MemberExpression[property.name=/^getOrInsert(Computed)?$/]", "Map.prototype.getOrInsert"),
  lacking("VariableDeclaration[kind=/using$/]", "`using`"),
  lacking("MemberExpression[property.name=/^(un)?registerPreloadScript$/]", "session.registerPreloadScript"),
  lacking("MemberExpression[property.name=/^(en|de)cryptStringAsync$/]", "asynchronous safeStorage"),
  lacking("MemberExpression[object.type='MetaProperty'][property.name='main']", "import.meta.main"),
];

const restrictedGlobals = ["Float16Array", "Temporal"].map((name) => ({ name, message: `${name} ${notYet}.` }));

const anywhere = [{ name: "node:sqlite", message: `node:sqlite ${notYet}.` }];
const electronInMain = [{ name: "electron", message: "Only src-main may import electron." }];
const ipcInItsFolder = [
  {
    name: "electron",
    importNames: ["ipcMain", "ipcRenderer"],
    message: "Use handle and send of src-main/ipc: they check the sender and parse the arguments.",
  },
];
const networkInGateway = ["http", "https", "http2", "net", "tls", "dgram", "dns", "dns/promises"].flatMap((name) =>
  [name, `node:${name}`].map((path) => ({
    name: path,
    message: "All network access goes through src-main/gateway.",
  })),
);

/**
 * @param {readonly { name: string, message: string, importNames?: string[] }[]} paths
 * @returns {import("eslint").Linter.RulesRecord}
 */
const restrictImports = (paths) => ({ "no-restricted-imports": ["error", { paths }] });

export default defineConfig(
  globalIgnores(["out/", "dist/", "resources/", "test/fixtures/", "test-results/", "coverage/"]),
  {
    files: ["**/*.{ts,tsx,mjs}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error", noInlineConfig: true },
    rules: {
      "no-restricted-syntax": ["error", ...restrictedSyntax],
      "no-restricted-globals": ["error", ...restrictedGlobals],
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      ...restrictImports([...anywhere, ...electronInMain]),
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      // What takes the place of these is not in Electron 33.
      "@typescript-eslint/no-deprecated": [
        "error",
        {
          allow: [
            { from: "package", package: "electron", name: ["isEncryptionAvailable", "encryptString", "decryptString"] },
          ],
        },
      ],
      // An empty text often stands for none.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      // Spreading a text is how it is taken apart by code points.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  { files: ["src-main/**", "src-renderer/**"], rules: { "no-console": ["error", { allow: ["warn", "error"] }] } },
  { files: ["src-main/**"], rules: restrictImports([...anywhere, ...ipcInItsFolder, ...networkInGateway]) },
  { files: ["src-main/gateway/**"], rules: restrictImports([...anywhere, ...ipcInItsFolder]) },
  { files: ["src-main/ipc/**", "src-main/preload.ts"], rules: restrictImports([...anywhere, ...networkInGateway]) },
  {
    files: ["src-main/ipc/**", "src-main/preload.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...restrictedSyntax.filter(({ selector }) => !selector.includes("^ipc"))],
    },
  },
  {
    files: ["src-renderer/{app,editor,features,platform,ui}/**/*.{ts,tsx}", "src-renderer/index.tsx"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
    // It tells what React's compiler will skip, and nothing is compiled by it here.
    rules: { "react-hooks/incompatible-library": "off" },
  },
  {
    files: ["src-renderer/{app,editor,features,ui}/**/*.tsx", "src-renderer/index.tsx"],
    plugins: { i18next },
    rules: {
      "i18next/no-literal-string": [
        "error",
        {
          mode: "jsx-only",
          message: "Texts for people come from locales/",
          "jsx-attributes": {
            include: [
              "^(aria-)?(label|description|roledescription|valuetext|placeholder)$",
              "^(title|alt|error|emptyText)$",
            ],
          },
          // Punctuation between texts, numbers and the app's own name are the same in every language.
          words: { exclude: [/^[\s\p{P}\p{S}\d]*$/u, "Qiao", "Qiao 桥", "桥"] },
        },
      ],
    },
  },
  {
    files: ["test/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // Scripts read the JSON of other tools, whose shape nothing checks; what they take from it is typed by hand.
    files: ["**/*.mjs"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
    },
  },
  {
    // Whose tools ask for a default export.
    files: ["**/*.config.{ts,mjs}", ".dependency-cruiser.mjs", "test/support/globalSetup.ts"],
    rules: { "no-restricted-exports": "off" },
  },
  // Programs of their own beside the app, which Electron starts.
  { files: ["scripts/electron-default-app.mjs", "test/bench/{app,syncApp}/main.ts"], rules: restrictImports(anywhere) },
);
