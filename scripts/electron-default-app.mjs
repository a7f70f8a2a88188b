import electron from "electron";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads the application folder named on the command line. The import is awaited, so that `ready` waits for the
 * application's main file: schemes must be registered before it.
 */
/** Two setters that Electron offers to this program only. */
const app = /** @type {Electron.App & { setAppPath(path: string): void, setVersion(version: string): void }} */ (
  electron.app
);

const folder = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (folder === undefined) {
  console.error("electron: name the folder of an application");
  app.exit(1);
} else {
  try {
    const path = resolve(folder);
    const manifest = JSON.parse(await readFile(resolve(path, "package.json"), "utf8"));
    app.setAppPath(path);
    app.setName(manifest.productName ?? manifest.name);
    if (manifest.version) app.setVersion(manifest.version);
    await import(pathToFileURL(resolve(path, manifest.main ?? "index.js")).href);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}
