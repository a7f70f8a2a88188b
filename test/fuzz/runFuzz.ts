import { historyOf, leftOut } from "./actions";
import { play, type Outcome } from "./play";
import { shrink } from "./shrink";

/** Actions of one history: long enough for trouble to meet, short enough to be shrunk. */
export const HISTORY = 400;

export interface FuzzRun {
  readonly actions: number;
  readonly failed: readonly Outcome[];
}

/**
 * Plays `actions` actions as histories of `HISTORY` each, of the seeds `seed`, `seed` + 1 and so on. `said` hears of
 * every history.
 */
export async function fuzz(
  seed: number,
  actions: number,
  said: (outcome: Outcome, done: number) => void = () => undefined,
): Promise<FuzzRun> {
  const failed: Outcome[] = [];
  let done = 0;
  for (let next = seed; done < actions; next += 1) {
    const outcome = await play(historyOf(next, Math.min(HISTORY, actions - done)));
    done += outcome.history.actions.length;
    if (outcome.faults.length > 0) failed.push(outcome);
    said(outcome, done);
  }
  return { actions: done, failed };
}

/** The shortest history found that fails in the same way; `budget`: how many may be played for it. */
async function shrunken(outcome: Outcome, budget: number): Promise<Outcome> {
  const kind = kindOf(outcome);
  const shorter = await shrink(outcome.history, async (history) => kindOf(await play(history)) === kind, budget);
  return play(shorter);
}

/** `npm run fuzz -- --seed S --actions N --shrink PLAYS`. Answers the exit code. */
export async function runFuzz(args: readonly string[], say: (text: string) => void): Promise<number> {
  const seed = numberOf(args, "--seed") ?? Math.floor(Math.random() * 1_000_000);
  const actions = numberOf(args, "--actions") ?? 20_000;
  const budget = numberOf(args, "--shrink") ?? 200;
  say(`seed ${seed}, ${actions} actions. Left out: ${leftOut.join("; ") || "nothing"}.`);
  const began = Date.now();
  const run = await fuzz(seed, actions, (outcome, done) => {
    const { history, faults, hash } = outcome;
    const state = faults.length === 0 ? "nothing lost" : `FAILED: ${faults[0] ?? ""}`;
    say(`seed ${history.seed}: ${history.devices} devices, trace ${hash}, ${done} of ${actions}: ${state}`);
  });
  for (const outcome of run.failed) {
    say(`\nShrinking seed ${outcome.history.seed} (at most ${budget} plays) …`);
    describe(await shrunken(outcome, budget), say);
  }
  const seconds = (Date.now() - began) / 1_000;
  say(`\n${run.actions} actions in ${seconds.toFixed(1)} s, ${run.failed.length} histories failed.`);
  return run.failed.length === 0 ? 0 : 1;
}

function describe({ history, faults, log }: Outcome, say: (text: string) => void): void {
  for (const fault of faults.slice(0, 10)) say(`  ${fault}`);
  for (const line of log) say(`    ${line}`);
  say(`  As a test: ${JSON.stringify(history)}`);
}

function kindOf({ faults }: Outcome): string {
  return faults[0]?.split(":")[0] ?? "";
}

function numberOf(args: readonly string[], name: string): number | undefined {
  const at = args.indexOf(name);
  const value = at < 0 ? Number.NaN : Number(args[at + 1]);
  return Number.isSafeInteger(value) ? value : undefined;
}
