import { chmodSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { path7za } from "7zip-bin";
import { capture, run } from "./children.mjs";
import { root } from "./paths.mjs";
import { Told, during } from "./report.mjs";
import { isOnPath } from "./system-packages.mjs";

/**
 * Packing the built program by electron-builder, with the tools of this machine where its own cannot be downloaded.
 *
 * @typedef {object} Packing
 * @property {readonly string[]} targets electron-builder's names, such as `dir` and `deb`; none for those of
 *   electron-builder.yml
 * @property {string} output the folder that the packages get into
 * @property {string} [runtime] an Electron executable to pack, where electron-builder is not to download one
 * @property {boolean} [toTry] the deb is not compressed, which takes a minute, since it is unpacked at once
 */

/** The targets that need nothing but what is here. */
export const targetsWithoutDownloads = ["dir", "tar.gz", "deb"];

/** @param {string} runtime @returns {Promise<string>} its version */
export async function versionOf(runtime) {
  const { code, output, errors } = await capture(runtime, ["-p", "process.versions.electron"], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
  });
  if (code !== 0) throw new Told(`${runtime} does not tell its version (code ${String(code)}).\n${errors}`);
  return output.trim();
}

/** Tools that electron-builder would download, by the names it takes them under. */
function ownTools() {
  // npm may have unpacked it without the right to run it.
  chmodSync(path7za, 0o755);
  return {
    ELECTRON_BUILDER_7ZIP_PATH: path7za,
    CUSTOM_FPM_PATH: join(root, "scripts", "deb-builder.mjs"),
    // Higher levels take minutes and save one part in twenty, of packages that are for trying.
    ELECTRON_BUILDER_COMPRESSION_LEVEL: "3",
  };
}

/** @param {Packing} packing */
async function argumentsFor({ targets, output, runtime }) {
  const given = {
    "directories.output": output,
    ...(runtime ? { electronDist: dirname(runtime), electronVersion: await versionOf(runtime) } : {}),
  };
  // Which platform the named targets belong to; without any, electron-builder takes the one it runs on.
  const platform = { linux: "--linux", win32: "--win", darwin: "--mac" }[/** @type {string} */ (process.platform)];
  return [
    ...(targets.length > 0 && platform ? [platform, ...targets] : []),
    "--publish",
    "never",
    ...Object.entries(given).map(([path, value]) => `-c.${path}=${value}`),
  ];
}

/** @param {string} folder @returns {Promise<number>} megabytes in its files */
async function megabytesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1e6);
}

/**
 * Packs what is built. Progress and electron-builder's own lines go to stderr.
 *
 * @param {Packing} packing
 */
export async function packProgram(packing) {
  const { targets, output, runtime, toTry = false } = packing;
  if (targets.includes("deb") && runtime && !isOnPath("dpkg-deb")) {
    throw new Told("A deb is built by dpkg-deb, which is not here. Install dpkg, or name other targets: dir, tar.gz.");
  }
  let written = 0;
  const timer = setInterval(() => {
    void megabytesIn(output).then((megabytes) => (written = megabytes));
  }, 2000);
  try {
    const args = await argumentsFor(packing);
    const code = await during(
      `Packing ${targets.join(", ") || "the packages of this system"}`,
      () =>
        run(process.execPath, [join(root, "node_modules", "electron-builder", "cli.js"), ...args], {
          cwd: root,
          env: { ...process.env, ...(runtime ? ownTools() : {}), ...(toTry ? { QIAO_DEB_COMPRESSION: "none" } : {}) },
          stdio: ["ignore", 2, 2],
        }),
      () => `${String(written)} MB written`,
    );
    if (code !== 0) throw new Told("The program could not be packed; what electron-builder said is above.");
  } finally {
    clearInterval(timer);
  }
}
