import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./children.mjs";
import { root } from "./paths.mjs";
import { Told, during } from "./report.mjs";

/** Holds the hash of the lockfile that the packages were installed from; `npm ci` removes it with the folder. */
const stamp = join(root, "node_modules", ".qiao-installed");

/** npm's own record of what it installed; it is there after any install, also one made by hand. */
const npmRecord = join(root, "node_modules", ".package-lock.json");

function lockfileHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/**
 * Whether npm's record names the same packages in the same versions as the lockfile. Packages for other platforms are
 * in the lockfile only.
 */
function recordMatchesLockfile() {
  if (!existsSync(npmRecord)) return false;
  /** @type {Record<string, { version?: string, optional?: boolean }>} */
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  /** @type {Record<string, { version?: string }>} */
  const installed = JSON.parse(readFileSync(npmRecord, "utf8")).packages;
  const names = Object.keys(wanted).filter((name) => name !== "");
  return (
    names.every((name) => installed[name]?.version === wanted[name]?.version || wanted[name]?.optional === true) &&
    Object.keys(installed).every((name) => name in wanted)
  );
}

function isCurrent() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockfileHash()) return true;
  return recordMatchesLockfile();
}

/** Runs `npm ci` when packages are missing or are not those of the lockfile. */
export async function ensurePackages() {
  if (!isCurrent()) {
    const code = await during("Installing packages (npm ci)", () =>
      run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], {
        cwd: root,
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32",
      }),
    );
    if (code !== 0) throw new Told(`npm ci failed with code ${String(code)}; its messages are above.`);
  }
  writeFileSync(stamp, lockfileHash());
}
