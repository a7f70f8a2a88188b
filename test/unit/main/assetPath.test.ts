import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assetFor } from "../../../src-main/protocol/assetPath";
import { contentSecurityPolicy } from "../../../src-main/protocol/contentSecurityPolicy";

const folders = { page: "/app/out/renderer", resources: "/app/resources" };

describe("an app:// address", () => {
  it.each([
    ["app://qiao/", "/app/out/renderer/index.html", "text/html; charset=utf-8"],
    ["app://qiao/?x=1#y", "/app/out/renderer/index.html", "text/html; charset=utf-8"],
    ["app://qiao/assets/index-C1.js", "/app/out/renderer/assets/index-C1.js", "text/javascript; charset=utf-8"],
    ["app://qiao/assets/index-C1.css", "/app/out/renderer/assets/index-C1.css", "text/css; charset=utf-8"],
    ["app://qiao/resources/glossary.json", "/app/resources/glossary.json", "application/json; charset=utf-8"],
  ])("%s names %s", (address, file, contentType) => {
    expect(assetFor(address, folders)).toEqual({ file: path.normalize(file), contentType });
  });

  it.each([
    "app://qiao/../package.json",
    "app://qiao/..%2f..%2fpackage.json",
    "app://qiao/%2e%2e/%2e%2e/package.json",
    "app://qiao/assets/..%5c..%5cpackage.json",
    "app://qiao/assets\\..\\..\\package.json",
    "app://qiao/resources/../../package.json",
    "app://qiao/resources/%2e%2e/main.json",
    "app://qiao/resources/sub/x.json",
    "app://qiao/resources/icon.png",
    "app://qiao//etc/hosts.json",
    "app://qiao/C:/x.json",
    "app://qiao/x.json:stream.js",
    "app://qiao/.hidden.js",
    "app://qiao/assets/%00.js",
    "app://qiao/assets/",
    "app://qiao/assets/index",
    "app://qiao/assets/index.exe",
    "app://other/index.html",
    "https://qiao/index.html",
    "rubbish",
  ])("%s names nothing outside the folders", (address) => {
    const asset = assetFor(address, folders);
    const isInside = asset === null || /^\/app\/(out\/renderer|resources)\/[^.\\/]/.test(asset.file);
    expect(isInside).toBe(true);
  });

  it("never names a file outside the folders, whatever is asked", () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", "%2e%2e", "%2f", "%5c", "\\", "/", "resources", "assets", "x.json", "%00", ":"),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const file = assetFor(`app://qiao/${parts.join("/")}`, folders)?.file ?? "/app/resources/none";
        const inside = [folders.page, folders.resources].some(
          (folder) => path.resolve(file) === file && file.startsWith(folder + path.sep),
        );
        expect(inside).toBe(true);
      }),
    );
  });
});

describe("the content security policy", () => {
  const directives = new Map(
    contentSecurityPolicy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources] as const;
    }),
  );

  it("lets nothing load that it does not name", () => {
    expect(directives.get("default-src")).toEqual(["'none'"]);
    for (const name of ["base-uri", "form-action", "frame-ancestors"]) expect(directives.get(name)).toEqual(["'none'"]);
  });

  it("runs the app's own scripts only", () => {
    for (const name of ["script-src", "worker-src", "connect-src"]) expect(directives.get(name)).toEqual(["'self'"]);
  });

  it("names no place on the network", () => {
    const sources = new Set([...directives.values()].flat());
    expect([...sources].sort()).toEqual(["'none'", "'self'", "'unsafe-inline'", "data:"]);
  });
});
