import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runSleeper, type SleeperState } from "../support/sleeper";
import { startTeam, type Team } from "../support/syncTeam";

/** A computer that sleeps: its process is stopped, and when it goes on its clock has moved by hours. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const start = `
  import { runnerImport } from "vite";
  const { module } = await runnerImport(process.argv[1], { configFile: false, logLevel: "error" });
  await module.${runSleeper.name}(process.argv[2]);
`;

let team: Team;
let sleeper: ChildProcess;
let state: SleeperState | undefined;

beforeEach(async () => {
  team = await startTeam();
  const file = fileURLToPath(new URL("../support/sleeper.ts", import.meta.url));
  const options = { cwd: root, stdio: ["pipe", "pipe", "inherit"] as ["pipe", "pipe", "inherit"] };
  const child = spawn(process.execPath, ["--input-type=module", "-e", start, file, team.server.address], options);
  sleeper = child;
  createInterface({ input: child.stdout }).on("line", (line) => (state = JSON.parse(line) as SleeperState));
});
afterEach(async () => {
  sleeper.kill("SIGKILL");
  await team.dispose();
});

function tell(command: object): void {
  sleeper.stdin?.write(`${JSON.stringify(command)}\n`);
}

async function has(...names: readonly string[]): Promise<void> {
  const ids = names.map((name) => `contact:${name}`).sort();
  await expect.poll(() => state, { timeout: 25_000 }).toEqual({ kind: "synced", waiting: 0, ids });
}

test("for eight hours, without any event: it goes on by itself with what was written meanwhile on both sides", async () => {
  const mei = await team.member();
  await mei.connect();
  tell({ name: "before" });
  await has("before");
  sleeper.kill("SIGSTOP");
  // Written at the moment of falling asleep, on both sides; then the server forgets it: connections and session end.
  tell({ name: "here" });
  await mei.set("contact:there", { nameLatin: "There" });
  team.server.model.stop();
  team.server.model.setUser("wei", "pw");
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  team.server.model.start();
  await mei.set("contact:later", { nameLatin: "Later" });
  await mei.synced();
  sleeper.kill("SIGCONT");
  tell({ skip: 8 * 3_600_000 });
  await has("before", "here", "later", "there");
  await team.same();
  expect(await mei.read("contact:here")).toMatchObject({ nameLatin: "here" });
});
