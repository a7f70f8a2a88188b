import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./children.mjs";
import { Told, during, say } from "./report.mjs";

/**
 * What the app and its tests need from a Debian or Ubuntu system. Each need is probed for itself (a program, a library,
 * a font), so that a system that has it in another way is left alone. A package is given as the names it has in
 * different releases, the newest first: Ubuntu 24.04 and Debian 13 renamed libraries (64-bit time).
 *
 * @typedef {object} Need
 * @property {readonly (readonly string[])[]} packages
 * @property {boolean} [optional] the app runs without it, only less well
 * @property {() => boolean} isMet
 */

/** @param {string} program */
export function isOnPath(program) {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

/** What a program prints; nothing when it is not there. @param {string} program @param {readonly string[]} args */
function outputOf(program, args) {
  const { stdout, error } = spawnSync(program, args, { encoding: "utf8" });
  return error ? "" : stdout;
}

/** Libraries the dynamic linker does not find for an executable. @param {string} executable */
function missingLibraries(executable) {
  return [...outputOf("ldd", [executable]).matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? "");
}

/** Libraries that are opened at run time and so are not in the executable's list. @param {string} name */
function isLibraryInstalled(name) {
  return outputOf("/sbin/ldconfig", ["-p"]).includes(name);
}

function hasChineseFont() {
  if (!isOnPath("fc-list")) return existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
  return outputOf("fc-list", [":lang=zh-cn", "family"]).trim() !== "";
}

/** @param {string} program @param {string} name @returns {Need} */
function programIn(name, program) {
  return { packages: [[name]], isMet: () => isOnPath(program) };
}

/** @param {string} electron the executable @returns {Need[]} */
function needsOfElectron(electron) {
  return [
    {
      packages: [["libgtk-3-0t64", "libgtk-3-0"], ["libnss3"], ["libasound2t64", "libasound2"], ["libgbm1"]],
      isMet: () => missingLibraries(electron).length === 0,
    },
    { packages: [["fonts-noto-cjk"]], optional: true, isMet: hasChineseFont },
  ];
}

/** @type {Need} */
const display = programIn("xvfb", "Xvfb");

/** For the tests with a keychain. @type {Need[]} */
const keychain = [
  programIn("gnome-keyring", "gnome-keyring-daemon"),
  programIn("dbus", "dbus-run-session"),
  { packages: [["libsecret-1-0"]], isMet: () => isLibraryInstalled("libsecret-1.so.0") },
];

/** @param {readonly string[]} names the first that this release knows; known only after `apt-get update` */
function packageName(names) {
  const known = names.find((name) => spawnSync("apt-cache", ["show", "--quiet=2", name]).status === 0);
  return known ?? names.at(-1) ?? "";
}

/** @param {readonly string[]} args */
async function aptGet(args) {
  const code = await run("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (code !== 0) throw new Told(`apt-get ${args.join(" ")} failed with code ${String(code)}.`);
}

/** @param {readonly Need[]} missing */
async function install(missing) {
  await during("Asking for the list of system packages (apt-get update)", () => aptGet(["update", "-q"]));
  const names = missing.flatMap((need) => need.packages.map(packageName));
  await during(`Installing system packages: ${names.join(" ")}`, () =>
    aptGet(["install", "-q", "-y", "--no-install-recommends", ...names]),
  );
}

/** @param {readonly Need[]} missing */
function commandFor(missing) {
  const names = missing.flatMap((need) => need.packages.map(packageName));
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(" ")}`;
}

/** @param {readonly Need[]} needs */
async function ensure(needs) {
  const missing = needs.filter((need) => !need.isMet());
  if (missing.length === 0) return;
  const canInstall = process.getuid?.() === 0 && isOnPath("apt-get");
  if (canInstall) {
    await install(missing);
    const still = missing.filter((need) => !need.isMet());
    if (still.some((need) => !need.optional)) {
      throw new Told(`Installed, and still not usable: ${still.flatMap((need) => need.packages.flat()).join(" ")}`);
    }
    return;
  }
  const explanation = `System packages are missing. On Debian or Ubuntu this installs them:\n  ${commandFor(missing)}`;
  if (missing.some((need) => !need.optional)) throw new Told(explanation);
  say(`${explanation}\n[qiao] Going on without them: Chinese text may show as empty boxes.`);
}

/**
 * What `npm start` needs: libraries, fonts, and a virtual display where there is none.
 *
 * @param {string} electron the executable
 * @param {{ virtualDisplay: boolean }} options
 */
export async function ensureSystemToRun(electron, { virtualDisplay }) {
  if (process.platform !== "linux") return;
  await ensure([...needsOfElectron(electron), ...(virtualDisplay ? [display] : [])]);
}

/**
 * What the tests need beyond that: a display of their own and a keychain.
 *
 * @param {string} electron the executable
 */
export async function ensureSystemToTest(electron) {
  if (process.platform !== "linux") return;
  await ensure([...needsOfElectron(electron), display, ...keychain]);
}

/** @type {Need} */
const chromium = {
  packages: [["chromium", "chromium-browser"]],
  isMet: () => ["chromium", "chromium-browser", "google-chrome"].some(isOnPath),
};

/** What the tests in a browser need. */
export async function ensureChromium() {
  if (process.platform === "linux") await ensure([chromium]);
}
