import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/provision.mjs", import.meta.url));

export interface Provisioning {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
  /** Lines of standard input. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Provisioned {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The passwords that were told, by member. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** Runs `npm run provision -- …` as an administrator does, with the name and password in the environment. */
export function runProvision(to: Provisioning, ...args: string[]): Promise<Provisioned> {
  const child = spawn(
    process.execPath,
    [script, "--server", to.address, "--database", to.database ?? "notebook", ...args],
    { env: { PATH: process.env["PATH"], COUCHDB_USER: to.user, COUCHDB_PASSWORD: to.password, ...to.environment } },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end(to.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const told = stdout.matchAll(/^password of (.+), shown only now: (.+)$/gm);
      const passwords = Object.fromEntries([...told].map((match) => [match[1] ?? "", match[2] ?? ""]));
      resolve({ code, stdout, stderr, passwords });
    });
  });
}
