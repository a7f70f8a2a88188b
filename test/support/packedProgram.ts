import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { packProgram } from "../../scripts/packager.mjs";

/** Where the tests pack the program: apart from what `npm run package` leaves in `dist/`. */
const output = resolve(import.meta.dirname, "..", "..", "dist", "test");

/** The deb's files as they would be installed below `/`. */
export const packagedRoot = join(output, "root");

export const packagedProgram = join(packagedRoot, "opt", "Qiao", "qiao");

export function packagedDeb(): string {
  const [name] = readdirSync(output).filter((file) => file.endsWith(".deb"));
  if (name === undefined) throw new Error(`there is no deb in ${output}`);
  return join(output, name);
}

/**
 * Packs what is built into a deb, whose files are then unpacked: what is tried is what a user would have installed. It
 * is not compressed, which changes nothing in it.
 */
export async function packForTests(runtime: string): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  await packProgram({ targets: ["deb"], output, runtime, toTry: true });
  rmSync(join(output, "linux-unpacked"), { recursive: true, force: true });
  mkdirSync(packagedRoot);
  execFileSync("dpkg-deb", ["--extract", packagedDeb(), packagedRoot]);
}
